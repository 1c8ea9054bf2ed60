import { canonical } from '../../../model/address.js';

/** Sum of 16-bit words in ones' complement, inverted (RFC 1071). Each part but the last has an even length. */
export function onesComplement(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) sum += ((part[at] ?? 0) << 8) | (part[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

export function formatMac(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** Six bytes, or null. */
export function parseMac(text: string): Uint8Array | null {
  return /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text)
    ? Uint8Array.from(text.split(':'), (byte) => Number.parseInt(byte, 16))
    : null;
}

/** Four or sixteen bytes as text. */
export function formatAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const words = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return canonical(words.join(':'));
}
