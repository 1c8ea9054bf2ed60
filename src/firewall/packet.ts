import { parseIPv4, parseIPv6 } from './values/addresses.js';
import type { Num } from './values/intervals.js';
import {
  addressTypes,
  ctStates,
  ctStatuses,
  icmpTypes,
  icmpv6Types,
  packetTypes,
  protocols,
  tcpFlags,
} from './values/symbols.js';
import { parseText } from './values/parse-value.js';

export const packetHooks = ['input', 'output', 'forward'] as const;
export type PacketHook = (typeof packetHooks)[number];

/**
 * A packet as far as it is known; what is left out is unknown. `input` passes prerouting and input, `forward`
 * prerouting, forward and postrouting, `output` output and postrouting. Addresses and ports are those it has when it
 * comes (before any translation). It is an ordinary packet: no fragment, no options or extension headers of IP; and where
 * it is the first of its connection (`new`), that has no mark yet.
 */
export interface Packet {
  readonly hook: PacketHook;
  readonly family?: 4 | 6;
  readonly protocol?: number;
  readonly source?: Num;
  readonly destination?: Num;
  readonly sport?: number;
  readonly dport?: number;
  readonly in?: string;
  readonly out?: string;
  /** One bit of ctStates. */
  readonly state?: number;
  readonly flags?: number;
  readonly mark?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  /** Of the IP packet, header included, in bytes. */
  readonly length?: number;
  readonly ttl?: number;
  readonly dscp?: number;
  readonly ecn?: number;
  readonly ctMark?: number;
  readonly ctStatus?: number;
  readonly ctDirection?: 0 | 1;
  readonly pkttype?: number;
  /** False: no socket of this machine sent it or waits for it. */
  readonly socket?: boolean;
  /** Path of the cgroup (version 2) of the sending process. */
  readonly cgroup?: string;
  /** Seconds since 1970, and the machine's distance from UTC in seconds. */
  readonly time?: number;
  readonly utcOffset?: number;
  readonly sourceType?: number;
  readonly destinationType?: number;
  /** Whether a route to the source leads back through the interface that it came from. */
  readonly reversePath?: boolean;
  readonly sourceMac?: number;
  /** Anything else that a rule can ask, by nft's name: `{ "tcp window": 1024 }`. */
  readonly fields?: Readonly<Record<string, number>>;
}

export type ParsedPacket = { readonly packet: Packet } | { readonly error: string };

/** Null is the same as left out. A value that means nothing makes the packet unreadable: it is not simply ignored. */
export function parsePacket(json: unknown): ParsedPacket {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { error: 'a packet is a JSON object' };
  const given = json as Record<string, unknown>;
  const hook = packetHooks.find((name) => name === given.hook);
  if (hook === undefined) return { error: 'hook must be input, output or forward' };
  const reader = new Reader(given);
  const packet = { hook, ...known(reader.read()) };
  return reader.error === undefined ? { packet } : { error: reader.error };
}

function known(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

class Reader {
  error: string | undefined;

  constructor(private readonly given: Record<string, unknown>) {}

  read(): Record<string, unknown> {
    const named = this.symbol('protocol', protocols, 255);
    const source = this.address('source');
    const destination = this.address('destination');
    const family = this.family(source, destination, named);
    // Between IPv6 addresses nobody means the ICMP of IPv4.
    const protocol = family === 6 && this.given.protocol === 'icmp' ? 58 : named;
    return {
      family,
      protocol,
      source,
      destination,
      sport: this.number('sport', 65_535),
      dport: this.number('dport', 65_535),
      in: this.name('in'),
      out: this.name('out'),
      state: this.symbol('state', ctStates, 0),
      flags: this.bits('flags', tcpFlags),
      mark: this.number('mark', 0xffffffff),
      uid: this.number('uid', 0xffffffff),
      gid: this.number('gid', 0xffffffff),
      icmpType: this.symbol('icmpType', protocol === 58 ? icmpv6Types : icmpTypes, 255),
      icmpCode: this.number('icmpCode', 255),
      length: this.number('length', 0xffffffff),
      ttl: this.number('ttl', 255),
      dscp: this.number('dscp', 63),
      ecn: this.number('ecn', 3),
      ctMark: this.number('ctMark', 0xffffffff),
      ctStatus: this.bits('ctStatus', ctStatuses),
      ctDirection: this.symbol('ctDirection', { original: 0, reply: 1 }, 1),
      pkttype: this.symbol('pkttype', packetTypes, 7),
      cgroup: this.name('cgroup'),
      time: this.number('time', 2 ** 40),
      utcOffset: this.signed('utcOffset'),
      sourceType: this.symbol('sourceType', addressTypes, 11),
      destinationType: this.symbol('destinationType', addressTypes, 11),
      reversePath: this.boolean('reversePath'),
      sourceMac: this.mac('sourceMac'),
      socket: this.boolean('socket'),
      fields: this.fields(),
    };
  }

  private fail(key: string): undefined {
    this.error ??= `${key} is not understood`;
    return undefined;
  }

  private value(key: string): unknown {
    return this.given[key] ?? undefined;
  }

  private number(key: string, top: number): number | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= top ? value : this.fail(key);
  }

  private signed(key: string): number | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 86_400 ? value : this.fail(key);
  }

  private boolean(key: string): boolean | undefined {
    const value = this.value(key);
    return value === undefined || typeof value === 'boolean' ? value : this.fail(key);
  }

  private name(key: string): string | undefined {
    const value = this.value(key);
    return value === undefined || (typeof value === 'string' && value.length <= 4096) ? value : this.fail(key);
  }

  private symbol(key: string, table: Readonly<Record<string, number>>, top: number): number | undefined {
    const value = this.value(key);
    if (typeof value !== 'string') return this.number(key, top);
    const lower = value.toLowerCase();
    if (Object.hasOwn(table, lower)) return table[lower];
    return top > 0 && /^\d{1,5}$/.test(lower) && Number(lower) <= top ? Number(lower) : this.fail(key);
  }

  private bits(key: string, table: Readonly<Record<string, number>>): number | undefined {
    const value = this.value(key);
    if (value === undefined || typeof value === 'number') return this.number(key, 0xffffffff);
    if (!Array.isArray(value)) return this.fail(key);
    let bits = 0;
    for (const name of value) {
      const lower = typeof name === 'string' ? name.toLowerCase() : '';
      const bit = Object.hasOwn(table, lower) ? table[lower] : undefined;
      if (bit === undefined) return this.fail(key);
      bits |= bit;
    }
    return bits;
  }

  private address(key: string): Num | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.fail(key);
    return parseIPv4(value) ?? parseIPv6(value.split('%')[0] ?? '') ?? this.fail(key);
  }

  private family(
    source: Num | undefined,
    destination: Num | undefined,
    protocol: number | undefined,
  ): 4 | 6 | undefined {
    const given = this.given.family;
    const stated =
      given === 4 || given === 'ip' || given === 'ipv4'
        ? 4
        : given === 6 || given === 'ip6' || given === 'ipv6'
          ? 6
          : undefined;
    const sides = [source, destination].flatMap((address) =>
      address === undefined ? [] : [typeof address === 'bigint' ? 6 : 4],
    );
    const all = new Set([...sides, ...(stated === undefined ? [] : [stated])]);
    if (all.size > 1) this.fail('source and destination: one family');
    const family = sides[0] ?? stated;
    if (family !== undefined) return family === 6 ? 6 : 4;
    return protocol === 1 || protocol === 2 ? 4 : protocol === 58 ? 6 : undefined;
  }

  private mac(key: string): number | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    const parsed = typeof value === 'string' ? parseText(value, 'ether') : undefined;
    return typeof parsed === 'number' ? parsed : this.fail(key);
  }

  private fields(): Readonly<Record<string, number>> | undefined {
    const value = this.value('fields');
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null) return this.fail('fields');
    const entries = Object.entries(value);
    if (
      entries.length > 100 ||
      !entries.every(([, one]) => typeof one === 'number' && Number.isSafeInteger(one) && one >= 0)
    )
      return this.fail('fields');
    return value as Record<string, number>;
  }
}
