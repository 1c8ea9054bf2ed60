/**
 * A QUIC packet of a version that nobody speaks: whoever serves QUIC answers it with the versions that it has, without any
 * key or state (RFC 9000, 6.1). Anything shorter than 1200 bytes would be dropped (14.1).
 */
const datagramBytes = 1200;
const idBytes = 8;
/** Reserved to force this very answer (RFC 9000, 15: 0x?a?a?a?a). */
const nobodysVersion = 0x1a2a3a4a;

export interface Probe {
  readonly bytes: Uint8Array;
  /** Whether a datagram is the answer to it. */
  readonly answers: (reply: Uint8Array) => boolean;
}

/** `random`: 16 bytes, both connection ids. */
export function versionProbe(random: Uint8Array): Probe {
  const destination = random.slice(0, idBytes);
  const source = random.slice(idBytes, 2 * idBytes);
  const bytes = new Uint8Array(datagramBytes);
  bytes[0] = 0xc0; // long header, fixed bit
  new DataView(bytes.buffer).setUint32(1, nobodysVersion);
  bytes[5] = idBytes;
  bytes.set(destination, 6);
  bytes[6 + idBytes] = idBytes;
  bytes.set(source, 7 + idBytes);
  // The rest belongs to a version that nobody knows: zeros.
  return { bytes, answers: (reply) => isAnswer(reply, source, destination) };
}

/** Version 0, and both ids the other way round, and at least one version (RFC 9000, 17.2.1). */
function isAnswer(reply: Uint8Array, ours: Uint8Array, theirs: Uint8Array): boolean {
  const versions = 7 + 2 * idBytes;
  if (reply.length < versions + 4 || ((reply[0] ?? 0) & 0x80) === 0) return false;
  if ([1, 2, 3, 4].some((at) => reply[at] !== 0)) return false;
  if (reply[5] !== idBytes || reply[6 + idBytes] !== idBytes) return false;
  return ours.every((byte, i) => reply[6 + i] === byte) && theirs.every((byte, i) => reply[7 + idBytes + i] === byte);
}
