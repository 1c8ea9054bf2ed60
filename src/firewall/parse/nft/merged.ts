import type { Match } from '../../ruleset.js';
import { isObject, type Json } from './json.js';

/**
 * nft loads adjacent header fields at once, and does so for `!=` too: what was written and is listed as
 * `tcp sport != 1 tcp dport != 2` then only fails when both are equal (payload_try_merge; measured with 1.0.6). Whoever
 * else wrote the rule means what it says. The two readings differ for a packet of which one field is equal.
 */
export type Reading = 'merged' | 'either';

/** Bits that each field takes in its header; only whole bytes are merged. */
const layout: Readonly<Record<string, readonly [offset: number, bits: number]>> = {
  'ip length': [16, 16],
  'ip id': [32, 16],
  'ip frag-off': [48, 16],
  'ip ttl': [64, 8],
  'ip protocol': [72, 8],
  'ip checksum': [80, 16],
  'ip6 length': [32, 16],
  'ip6 nexthdr': [48, 8],
  'ip6 hoplimit': [56, 8],
  'tcp sport': [0, 16],
  'tcp dport': [16, 16],
  'tcp flags': [104, 8],
  'tcp window': [112, 16],
  'tcp checksum': [128, 16],
  'tcp urgptr': [144, 16],
  'udp sport': [0, 16],
  'udp dport': [16, 16],
  'udp length': [32, 16],
  'udp checksum': [48, 16],
  'udplite sport': [0, 16],
  'udplite dport': [16, 16],
  'udplite csumcov': [32, 16],
  'udplite checksum': [48, 16],
  'sctp sport': [0, 16],
  'sctp dport': [16, 16],
  'dccp sport': [0, 16],
  'dccp dport': [16, 16],
  'th sport': [0, 16],
  'th dport': [16, 16],
  'icmp type': [0, 8],
  'icmp code': [8, 8],
  'icmp checksum': [16, 16],
  'icmpv6 type': [0, 8],
  'icmpv6 code': [8, 8],
  'icmpv6 checksum': [16, 16],
};

const widest = 32;

interface Place {
  readonly header: string;
  readonly from: number;
  readonly to: number;
}

/** Where the field of a plain `!=` stands; undefined for every other statement. */
function placeOf(statement: Json): Place | undefined {
  if (!isObject(statement) || !isObject(statement.match) || statement.match.op !== '!=') return undefined;
  const { left, right } = statement.match;
  if (
    !isObject(left) ||
    !isObject(left.payload) ||
    (isObject(right) && !('|' in right)) ||
    (typeof right === 'string' && right.startsWith('@'))
  )
    return undefined;
  const { protocol, field } = left.payload;
  const found = typeof protocol === 'string' && typeof field === 'string' ? layout[`${protocol} ${field}`] : undefined;
  return found === undefined || typeof protocol !== 'string'
    ? undefined
    : { header: protocol, from: found[0], to: found[0] + found[1] };
}

/** The end of the run of mergeable conditions that begins at a statement; the statement's own end when there is none. */
export function mergedRun(expr: readonly Json[], start: number): number {
  const first = placeOf(expr[start] ?? null);
  let end = start + 1;
  if (first === undefined) return end;
  for (let { to } = first; end < expr.length; end++) {
    const next = placeOf(expr[end] ?? null);
    if (next === undefined || next.header !== first.header || next.from !== to || next.to - first.from > widest) break;
    to = next.to;
  }
  return end;
}

export function mergedMatch(of: readonly Match[], reading: Reading): Match {
  return reading === 'merged' ? { kind: 'any', of, negated: false } : { kind: 'merged', of };
}
