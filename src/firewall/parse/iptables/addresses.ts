import { fieldValue, type Match } from '../../ruleset.js';
import { allOnes6, parseIPv4, parseIPv6, prefixLength, prefixRange } from '../../values/addresses.js';
import { type Num, range, single } from '../../values/intervals.js';
import { number } from './numbers.js';

export function address(text: string | undefined, family: 'ip' | 'ip6'): Num | undefined {
  return text === undefined ? undefined : family === 'ip' ? parseIPv4(text) : parseIPv6(text);
}

/** `10.0.0.0/8`, `10.0.0.1/255.0.0.255`, `2001:db8::/32`, or an address alone. */
export function addressMatch(
  side: 'saddr' | 'daddr',
  text: string,
  family: 'ip' | 'ip6',
  negated: boolean,
  fields?: string,
): Match | undefined {
  const slash = text.indexOf('/');
  const base = address(slash < 0 ? text : text.slice(0, slash), family);
  if (base === undefined) return undefined;
  const field = fields ?? `${family} ${side}`;
  if (slash < 0) return { kind: 'compare', left: fieldValue(field), within: single(base), negated };
  const tail = text.slice(slash + 1);
  const mask = tail.includes('.') || tail.includes(':') ? address(tail, family) : undefined;
  const length = mask === undefined ? number(tail, 128) : prefixLength(mask);
  if (length !== undefined) {
    const found = prefixRange(base, length);
    return found === undefined
      ? undefined
      : { kind: 'compare', left: fieldValue(field), within: range(found[0], found[1]), negated };
  }
  if (mask === undefined) return undefined;
  // A mask with holes: the bits in between are free.
  const kept = typeof base === 'bigint' ? base & BigInt(mask) & allOnes6 : Number(BigInt(base) & BigInt(mask));
  return { kind: 'compare', left: { field, bits: [{ operation: '&', operand: mask }] }, within: single(kept), negated };
}

/** `192.0.2.1-192.0.2.9`. */
export function addressRange(text: string, family: 'ip' | 'ip6'): [Num, Num] | undefined {
  const [low, high, more] = text.split('-');
  const first = address(low, family);
  const last = high === undefined ? first : address(high, family);
  return first === undefined || last === undefined || more !== undefined || first > last ? undefined : [first, last];
}

/** iptables writes `eth+` for every name that begins with eth; a star is a star. */
export function interfacePattern(name: string): string {
  if (name.endsWith('+')) return `${name.slice(0, -1)}*`;
  return name.endsWith('*') ? `${name.slice(0, -1)}\\*` : name;
}
