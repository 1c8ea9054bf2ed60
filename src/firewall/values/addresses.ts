import type { Num } from './intervals.js';

export const allOnes6 = (1n << 128n) - 1n;

/** Four decimal parts, none longer than needed: `1.2.3.4` only, never `1.2`, `010.0.0.1` or `0x1.0.0.1`. */
export function parseIPv4(text: string): number | undefined {
  const length = text.length;
  if (length < 7 || length > 15) return undefined;
  let value = 0;
  let part = -1;
  let parts = 0;
  for (let i = 0; i <= length; i++) {
    const code = i === length ? 46 : text.charCodeAt(i);
    if (code === 46) {
      if (part < 0 || parts === 4) return undefined;
      value = value * 256 + part;
      part = -1;
      parts++;
    } else if (code >= 48 && code <= 57 && part !== 0) {
      part = (part < 0 ? 0 : part * 10) + code - 48;
      if (part > 255) return undefined;
    } else return undefined;
  }
  return parts === 4 ? value : undefined;
}

/** RFC 4291 text, the dotted tail included; no zone. */
export function parseIPv6(text: string): bigint | undefined {
  if (text.length > 45 || !text.includes(':')) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = words(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? words(halves[1] ?? '', true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const gap = 8 - head.length - tail.length;
  if (halves.length === 1 ? gap !== 0 : gap < 1) return undefined;
  let value = 0n;
  for (const word of head) value = (value << 16n) | BigInt(word);
  value <<= BigInt(16 * gap);
  for (const word of tail) value = (value << 16n) | BigInt(word);
  return value;
}

/** The groups of one half of an address; a dotted tail counts as two. Undefined when one is not well formed. */
function words(text: string, mayEndDotted: boolean): number[] | undefined {
  if (text === '') return [];
  const out: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (mayEndDotted && i === parts.length - 1 && part.includes('.')) {
      const dotted = parseIPv4(part);
      if (dotted === undefined) return undefined;
      out.push(dotted >>> 16, dotted & 0xffff);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) out.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return out.length <= 8 ? out : undefined;
}

export function formatIPv4(value: number): string {
  return `${Math.floor(value / 0x1000000)}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** RFC 5952: the first longest run of two zero groups or more becomes `::`. */
export function formatIPv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
  let best = { start: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > best.length) best = { start: i, length: end - i };
    if (end > i) i = end;
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.start < 0) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

export function formatAddress(value: Num): string {
  return typeof value === 'bigint' ? formatIPv6(value) : formatIPv4(value);
}

/** First and last address of a prefix, host bits cleared; undefined for a length that the family has not. */
export function prefixRange(address: Num, length: number): [Num, Num] | undefined {
  const bits = typeof address === 'bigint' ? 128 : 32;
  if (!Number.isInteger(length) || length < 0 || length > bits) return undefined;
  if (typeof address === 'number') {
    const size = 2 ** (32 - length);
    const low = address - (address % size);
    return [low, low + size - 1];
  }
  const hosts = (1n << BigInt(128 - length)) - 1n;
  return [address & ~hosts & allOnes6, address | hosts];
}

/** The prefix length of a netmask whose ones stand on the left, else undefined. */
export function prefixLength(mask: Num): number | undefined {
  const bits = typeof mask === 'bigint' ? 128 : 32;
  const ones = mask.toString(2);
  if (mask === 0 || mask === 0n) return 0;
  if (ones.length !== bits) return undefined;
  const length = ones.indexOf('0');
  if (length < 0) return bits;
  return ones.includes('1', length) ? undefined : length;
}
