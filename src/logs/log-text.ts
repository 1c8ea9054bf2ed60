/**
 * UTF-16 with a mark at its beginning, as Windows programs write it, or UTF-8. Marks of direction stand between the words of
 * the first; in the second they can only be part of a file's name.
 */
export function logText(bytes: Uint8Array): string {
  const wide = utf16(bytes);
  const text = wide === null ? Buffer.from(bytes).toString('utf8') : wide.replace(/[\u200e\u200f]/g, '');
  return text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
}

function utf16(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(bytes.subarray(2)).toString('utf16le');
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return null;
  return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
    .swap16()
    .toString('utf16le');
}
