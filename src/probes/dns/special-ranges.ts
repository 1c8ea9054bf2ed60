/**
 * Address ranges that no public name leads to in the ordinary way (IANA special-purpose registries, RFC 6890).
 * Documentation ranges are left out on purpose: test networks stand in for the internet with them.
 */
import { addressBytes } from './address-text.js';

export type SpecialRange =
  | 'unspecified'
  | 'this-network'
  | 'loopback'
  | 'private'
  | 'shared'
  | 'link-local'
  | 'benchmarking'
  | 'multicast'
  | 'reserved'
  | 'unique-local'
  | 'discard-only';

const IPV4: readonly (readonly [
  prefix: readonly [number, number, number, number],
  bits: number,
  range: SpecialRange,
])[] = [
  [[0, 0, 0, 0], 32, 'unspecified'],
  [[0, 0, 0, 0], 8, 'this-network'],
  [[127, 0, 0, 0], 8, 'loopback'],
  [[10, 0, 0, 0], 8, 'private'],
  [[172, 16, 0, 0], 12, 'private'],
  [[192, 168, 0, 0], 16, 'private'],
  [[100, 64, 0, 0], 10, 'shared'],
  [[169, 254, 0, 0], 16, 'link-local'],
  [[198, 18, 0, 0], 15, 'benchmarking'],
  [[224, 0, 0, 0], 4, 'multicast'],
  [[240, 0, 0, 0], 4, 'reserved'],
];

const IPV6: readonly (readonly [prefix: readonly number[], bits: number, range: SpecialRange])[] = [
  [[], 128, 'unspecified'],
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 128, 'loopback'],
  [[0xfc], 7, 'unique-local'],
  [[0xfe, 0x80], 10, 'link-local'],
  [[0xff], 8, 'multicast'],
  [[0x01], 64, 'discard-only'],
];

/** RFC 6052: DNS64 wraps an IPv4 address in this prefix, a filtering one too. */
const NAT64 = [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];

/** null for an ordinary address, and for what is none. */
export function specialRange(address: string): SpecialRange | null {
  const bytes = addressBytes(address);
  if (!bytes) return null;
  const embedded = bytes.length === 16 && NAT64.every((byte, at) => bytes[at] === byte) ? bytes.subarray(12) : bytes;
  const table = embedded.length === 4 ? IPV4 : IPV6;
  return table.find(([prefix, bits]) => matches(embedded, prefix, bits))?.[2] ?? null;
}

function matches(address: Uint8Array, prefix: readonly number[], bits: number): boolean {
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = bits - bit >= 8 ? 0xff : (0xff00 >> (bits - bit)) & 0xff;
    if (((address[bit / 8] ?? 0) & mask) !== ((prefix[bit / 8] ?? 0) & mask)) return false;
  }
  return true;
}
