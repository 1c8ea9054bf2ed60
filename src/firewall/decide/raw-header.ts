import { ipv4, slotOf } from '../values/fields.js';
import { type Cell, type Cells, slots } from './cells.js';

/** `@nh,96,32`: bits of a header by offset and length, counted from its start. */
export interface RawBits {
  readonly base: string;
  readonly offset: number;
  readonly length: number;
}

/** What is known of them: the bits of `mask`. */
export interface KnownBits {
  readonly mask: bigint;
  readonly value: bigint;
}

export function rawBitsOf(name: string): RawBits | undefined {
  const found = /^@(ll|nh|th),(\d{1,5}),(\d{1,3})$/.exec(name);
  if (!found) return undefined;
  return { base: found[1] ?? '', offset: Number(found[2]), length: Number(found[3]) };
}

type Segment = readonly [bits: number, value: Cell];

const extra = {
  headerLength: slotOf('ip hdrlength'),
  id: slotOf('ip id'),
  fragment: slotOf('ip frag-off'),
  sum: slotOf('ip checksum'),
  flow: slotOf('ip6 flowlabel'),
};

/** Rules ask for raw bits where nft has no name for them; for a header that it has, the packet's fields lie there. */
export function headerBits(raw: RawBits, cells: Cells): KnownBits {
  let at = 0;
  let mask = 0n;
  let value = 0n;
  const end = raw.offset + raw.length;
  for (const [bits, cell] of segments(raw.base, cells)) {
    const from = Math.max(at, raw.offset);
    const to = Math.min(at + bits, end);
    if (from < to && (typeof cell === 'number' || typeof cell === 'bigint') && cell >= 0) {
      const part = (BigInt(cell) >> BigInt(at + bits - to)) & ones(to - from);
      mask |= ones(to - from) << BigInt(end - to);
      value |= part << BigInt(end - to);
    }
    at += bits;
    if (at >= end) break;
  }
  return { mask, value };
}

export function ones(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n;
}

function segments(base: string, cells: Cells): readonly Segment[] {
  const { values } = cells;
  if (base === 'nh') return values[slots.family] === ipv4 ? ipv4Header(values) : ipv6Header(values);
  return base === 'th' ? transportHeader(values) : [];
}

function ipv4Header(values: readonly Cell[]): readonly Segment[] {
  return [
    [4, 4],
    [4, values[extra.headerLength] ?? 5],
    [6, values[slots.dscp]],
    [2, values[slots.ecn]],
    [16, values[slots.length]],
    [16, values[extra.id]],
    [16, values[extra.fragment]],
    [8, values[slots.ttl]],
    [8, values[slots.protocol]],
    [16, values[extra.sum]],
    [32, values[slots.source]],
    [32, values[slots.destination]],
  ];
}

function ipv6Header(values: readonly Cell[]): readonly Segment[] {
  const length = values[slots.length];
  return [
    [4, 6],
    [6, values[slots.dscp]],
    [2, values[slots.ecn]],
    [20, values[extra.flow]],
    [16, typeof length === 'number' ? length - 40 : undefined],
    [8, values[slots.protocol]],
    [8, values[slots.ttl]],
    [128, values[slots.source]],
    [128, values[slots.destination]],
  ];
}

function transportHeader(values: readonly Cell[]): readonly Segment[] {
  const field = (name: string): Cell => values[slotOf(name)];
  const ports: readonly Segment[] = [
    [16, values[slots.sport]],
    [16, values[slots.dport]],
  ];
  switch (values[slots.protocol]) {
    case 6:
      return [
        ...ports,
        [32, field('tcp sequence')],
        [32, field('tcp ackseq')],
        [4, field('tcp doff')],
        [4, undefined],
        [8, values[slots.flags]],
        [16, field('tcp window')],
      ];
    case 17:
    case 33:
    case 132:
    case 136:
      return ports;
    case 1:
    case 58:
      return [
        [8, values[slots.icmpType]],
        [8, values[slots.icmpCode]],
        [16, values[slots.thDport]],
      ];
    default:
      return [];
  }
}
