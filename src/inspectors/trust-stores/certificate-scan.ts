const mostCertificates = 2_000;
const largest = 16 * 1024;

/**
 * Certificates inside a file, whatever its format, where they stand as they are. Told by how DER begins: a sequence in a
 * sequence, each with a length of two bytes (X.690 8.1.3). Lists of certificates begin so too: what is found may be more
 * than certificates, and lies one in another. The parts are views of the file's own bytes.
 */
export function certificatesInStore(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at + 8 < bytes.length && found.length < mostCertificates; at++) {
    if (bytes[at] !== 0x30 || bytes[at + 1] !== 0x82 || bytes[at + 4] !== 0x30 || bytes[at + 5] !== 0x82) continue;
    const length = 4 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    const inner = 8 + (bytes[at + 6] ?? 0) * 256 + (bytes[at + 7] ?? 0);
    if (length > largest || inner > length || at + length > bytes.length) continue;
    found.push(bytes.subarray(at, at + length));
  }
  return found;
}
