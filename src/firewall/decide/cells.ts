import { slotOf } from '../values/fields.js';
import type { Intervals, Num } from '../values/intervals.js';

/** A property of the packet: a value, null when this packet has no such thing, undefined when nobody said. */
export type Cell = Num | string | null | undefined;

export const slots = {
  family: slotOf('nfproto'),
  protocol: slotOf('l4proto'),
  source: slotOf('saddr'),
  destination: slotOf('daddr'),
  sport: slotOf('sport'),
  dport: slotOf('dport'),
  thSport: slotOf('th sport'),
  thDport: slotOf('th dport'),
  flags: slotOf('tcpFlags'),
  icmpType: slotOf('icmpType'),
  icmpCode: slotOf('icmpCode'),
  ttl: slotOf('ttl'),
  dscp: slotOf('dscp'),
  ecn: slotOf('ecn'),
  length: slotOf('length'),
  version: slotOf('version'),
  etherType: slotOf('etherType'),
  mark: slotOf('mark'),
  uid: slotOf('uid'),
  gid: slotOf('gid'),
  pkttype: slotOf('pkttype'),
  in: slotOf('iifname'),
  out: slotOf('oifname'),
  inType: slotOf('iiftype'),
  outType: slotOf('oiftype'),
  cgroup: slotOf('cgroup'),
  sourceType: slotOf('saddrType'),
  destinationType: slotOf('daddrType'),
  reversePath: slotOf('reversePath'),
  looseReversePath: slotOf('fib saddr oif exists'),
  hour: slotOf('hour'),
  day: slotOf('day'),
  time: slotOf('time'),
  sourceMac: slotOf('ether saddr'),
  ctState: slotOf('ctState'),
  ctStatus: slotOf('ctStatus'),
  ctMark: slotOf('ctMark'),
  ctDirection: slotOf('ctDirection'),
  ctOriginalSource: slotOf('ctOriginalSource'),
  ctOriginalDestination: slotOf('ctOriginalDestination'),
  ctOriginalSourcePort: slotOf('ctOriginalSourcePort'),
  ctOriginalDestinationPort: slotOf('ctOriginalDestinationPort'),
  ctProtocol: slotOf('ctProtocol'),
  ctFamily: slotOf('ctFamily'),
  helper: slotOf('helper'),
} as const;

/** Bits of which some are known. */
export interface PartialBits {
  readonly mask: number;
  readonly value: number;
}

/** What was assumed about something that has no slot: an opaque match, an interface of which only names are ruled out. */
export interface Assumption {
  readonly what: string;
  readonly holds: boolean;
  readonly before: Assumption | undefined;
}

/**
 * What is known of the packet on one way through the rules. On a fork each side gets its own copy, narrowed by what it
 * assumes: so no way is followed that contradicts itself.
 */
export class Cells {
  /** Of unknown numbers: what they can still be. */
  domains: Map<number, Intervals> | undefined;
  partial: Map<number, PartialBits> | undefined;
  /** Unknown values that may not exist at all (the user of a packet that the kernel itself may have sent). */
  maybeAbsent: ReadonlySet<number> | undefined;
  assumptions: Assumption | undefined;
  /** Rules before conntrack see no connection. */
  connectionHidden = false;
  /** Counts writes, so that an index knows when to look again. */
  version = 0;

  constructor(
    readonly values: Cell[],
    /** What the packet's description says beside the usual, by nft's names. */
    public extra?: Readonly<Record<string, number>>,
  ) {}

  copy(): Cells {
    const copy = new Cells(this.values.slice(), this.extra);
    copy.domains = this.domains === undefined ? undefined : new Map(this.domains);
    copy.partial = this.partial === undefined ? undefined : new Map(this.partial);
    copy.maybeAbsent = this.maybeAbsent;
    copy.assumptions = this.assumptions;
    copy.connectionHidden = this.connectionHidden;
    copy.version = this.version;
    return copy;
  }

  /** A new value takes the place of whatever was known. */
  write(slot: number, value: Cell): void {
    this.values[slot] = value;
    this.domains?.delete(slot);
    this.partial?.delete(slot);
    if (this.maybeAbsent?.has(slot) === true)
      this.maybeAbsent = new Set([...this.maybeAbsent].filter((one) => one !== slot));
    // What was assumed of sets and opaque matches may have hung on the old value.
    this.assumptions = undefined;
    this.version++;
  }

  /** What was said under nft's name and hangs on something that has been changed since. */
  forget(names: RegExp): void {
    const stale = Object.keys(this.extra ?? {}).filter((name) => names.test(name));
    if (stale.length === 0) return;
    this.extra = Object.fromEntries(Object.entries(this.extra ?? {}).filter(([name]) => !stale.includes(name)));
    for (const name of stale) this.write(slotOf(name), undefined);
  }

  domain(slot: number): Intervals | undefined {
    return this.domains?.get(slot);
  }

  setDomain(slot: number, domain: Intervals): void {
    (this.domains ??= new Map()).set(slot, domain);
  }

  setPartial(slot: number, bits: PartialBits): void {
    (this.partial ??= new Map()).set(slot, bits);
  }

  isMaybeAbsent(slot: number): boolean {
    return this.maybeAbsent?.has(slot) === true;
  }

  assume(what: string, holds: boolean): void {
    this.assumptions = { what, holds, before: this.assumptions };
  }

  assumed(what: string): boolean | undefined {
    for (let one = this.assumptions; one !== undefined; one = one.before) if (one.what === what) return one.holds;
    return undefined;
  }
}
