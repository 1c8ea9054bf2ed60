import type { Intervals, Num } from '../values/intervals.js';

/** Places of rules in their chain, rising. */
export type Places = number[];

interface Span {
  readonly low: Num;
  readonly high: Num;
  readonly place: number;
}

/** Ranges that are aligned powers of two are prefixes; of other ranges a few at a time are gone through. */
const spansPerBlock = 32;

/** Rules by what one number of the packet (address, port, mark) must be. */
export class NumberIndex {
  readonly all: Places = [];
  private readonly exact = new Map<Num, Places>();
  /** By prefix length, then by what stands before it: IPv4 with numbers, IPv6 with bigints. */
  private readonly prefixes4 = new Map<number, Map<number, Places>>();
  private readonly prefixes6 = new Map<number, Map<bigint, Places>>();
  private readonly spans: Span[] = [];
  /** Highest end of each block of spans, which are sorted by their lows. */
  private blocks: Num[] | undefined;

  /** How many rules a packet would have to look at, were the rule put here: the smaller, the better. */
  cost(within: Intervals): number {
    let cost = 0;
    for (let i = 0; i < within.length; i += 2) {
      const low = within[i] as Num;
      const high = within[i + 1] as Num;
      if (low === high) cost += this.exact.get(low)?.length ?? 0;
      else cost += (this.prefixPlaces(low, high)?.length ?? this.spans.length * share(low, high)) + 1;
    }
    return cost;
  }

  add(within: Intervals, place: number): void {
    this.all.push(place);
    for (let i = 0; i < within.length; i += 2) {
      const low = within[i] as Num;
      const high = within[i + 1] as Num;
      if (low === high) push(this.exact, low, place);
      else this.addRange(low, high, place);
    }
  }

  private addRange(low: Num, high: Num, place: number): void {
    const bits = prefixBits(low, high);
    if (bits === undefined) {
      this.spans.push({ low, high, place });
      this.blocks = undefined;
    } else if (typeof low === 'number') pushInto(this.prefixes4, bits, low / 2 ** bits, place);
    else pushInto(this.prefixes6, bits, low >> BigInt(bits), place);
  }

  private prefixPlaces(low: Num, high: Num): Places | undefined {
    const bits = prefixBits(low, high);
    if (bits === undefined) return undefined;
    return (
      (typeof low === 'number'
        ? this.prefixes4.get(bits)?.get(low / 2 ** bits)
        : this.prefixes6.get(bits)?.get(low >> BigInt(bits))) ?? []
    );
  }

  /** Adds to `out` the lists of places that fit a value. */
  find(value: Num, out: Places[]): void {
    const exact = this.exact.get(value);
    if (exact !== undefined) out.push(exact);
    if (typeof value === 'number') {
      for (const [bits, map] of this.prefixes4) {
        const found = map.get(Math.floor(value / 2 ** bits));
        if (found !== undefined) out.push(found);
      }
    } else {
      for (const [bits, map] of this.prefixes6) {
        const found = map.get(value >> BigInt(bits));
        if (found !== undefined) out.push(found);
      }
    }
    if (this.spans.length > 0) this.stab(value, out);
  }

  private stab(value: Num, out: Places[]): void {
    const blocks = (this.blocks ??= this.sortSpans());
    const found: Places = [];
    for (let block = 0; block < blocks.length; block++) {
      const start = block * spansPerBlock;
      const first = this.spans[start];
      if (first === undefined || first.low > value) break;
      if ((blocks[block] as Num) < value) continue;
      for (let i = start; i < start + spansPerBlock && i < this.spans.length; i++) {
        const span = this.spans[i] as Span;
        if (span.low > value) break;
        if (span.high >= value) found.push(span.place);
      }
    }
    if (found.length > 0) out.push(found.sort((a, b) => a - b));
  }

  private sortSpans(): Num[] {
    this.spans.sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0));
    const blocks: Num[] = [];
    for (let start = 0; start < this.spans.length; start += spansPerBlock) {
      let highest = this.spans[start]?.high as Num;
      for (const { high } of this.spans.slice(start, start + spansPerBlock)) if (high > highest) highest = high;
      blocks.push(highest);
    }
    return blocks;
  }
}

/** The number of free bits of an aligned range, as a prefix or a power-of-two block of ports is; else undefined. */
function prefixBits(low: Num, high: Num): number | undefined {
  if (typeof low === 'bigint' || typeof high === 'bigint') {
    const size = BigInt(high) - BigInt(low) + 1n;
    if ((size & (size - 1n)) !== 0n || BigInt(low) % size !== 0n) return undefined;
    return size.toString(2).length - 1;
  }
  const size = high - low + 1;
  const bits = Math.log2(size);
  return Number.isInteger(bits) && low % size === 0 ? bits : undefined;
}

/** How much of all values a range covers, roughly. */
function share(low: Num, high: Num): number {
  const top = typeof low === 'bigint' ? 2 ** 128 : high > 65_535 ? 2 ** 32 : 65_536;
  return (Number(high) - Number(low)) / top;
}

function push<K>(map: Map<K, Places>, key: K, place: number): void {
  const places = map.get(key);
  if (places === undefined) map.set(key, [place]);
  else if (places[places.length - 1] !== place) places.push(place);
}

function pushInto<K>(maps: Map<number, Map<K, Places>>, bits: number, key: K, place: number): void {
  let map = maps.get(bits);
  if (map === undefined) maps.set(bits, (map = new Map<K, Places>()));
  push(map, key, place);
}
