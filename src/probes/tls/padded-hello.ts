/** RFC 7685. */
const paddingType = 21;
const heads = { record: 5, handshake: 4, extension: 4 };

/**
 * The same hello, made that large by an extension that means nothing (RFC 7685): each server passes over it. Null where
 * that cannot be, or where the bytes are no whole hello.
 */
export function paddedHello(hello: Uint8Array, size: number): Uint8Array | null {
  const at = extensionsAt(hello);
  const more = size - hello.length;
  if (at === null || more < heads.extension) return null;
  const padded = Buffer.alloc(size);
  padded.set(hello);
  padded.writeUInt16BE(padded.readUInt16BE(3) + more, 3);
  padded.writeUIntBE(padded.readUIntBE(heads.record + 1, 3) + more, heads.record + 1, 3);
  padded.writeUInt16BE(padded.readUInt16BE(at) + more, at);
  padded.writeUInt16BE(paddingType, hello.length);
  padded.writeUInt16BE(more - heads.extension, hello.length + 2);
  return Uint8Array.from(padded);
}

/** Where the length of all extensions stands (RFC 8446 4.1.2), in a record that holds the whole hello and no more. */
function extensionsAt(hello: Uint8Array): number | null {
  const bytes = Buffer.from(hello);
  const session = heads.record + heads.handshake + 2 + 32;
  if (bytes.length <= session || bytes[0] !== 22 || bytes[heads.record] !== 1) return null;
  const ciphers = session + 1 + bytes.readUInt8(session);
  if (bytes.length < ciphers + 2) return null;
  const compression = ciphers + 2 + bytes.readUInt16BE(ciphers);
  if (bytes.length <= compression) return null;
  const at = compression + 1 + bytes.readUInt8(compression);
  if (bytes.length < at + 2 || at + 2 + bytes.readUInt16BE(at) !== bytes.length) return null;
  for (let one = at + 2; one + heads.extension <= bytes.length;) {
    // Each may be there once only.
    if (bytes.readUInt16BE(one) === paddingType) return null;
    one += heads.extension + bytes.readUInt16BE(one + 2);
  }
  return bytes.readUInt16BE(3) === bytes.length - heads.record ? at : null;
}
