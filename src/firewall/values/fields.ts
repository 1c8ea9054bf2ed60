import { type Intervals, type Num, fromRanges } from './intervals.js';
import * as symbols from './symbols.js';

/**
 * What a rule can ask a packet for. Several names can mean one property of the packet ("tcp dport" and "udp dport" are
 * one slot); what sets them apart is what they require of the others first, as nft's hidden dependencies do.
 */
export type FieldName = string;
export type NameField = 'iifname' | 'oifname' | 'cgroup' | 'helper' | 'iifkind' | 'oifkind' | 'ibrname' | 'obrname';

export type ValueType =
  | 'number'
  | 'ipv4'
  | 'ipv6'
  | 'ether'
  | 'port'
  | 'protocol'
  | 'nfproto'
  | 'icmpType'
  | 'icmpv6Type'
  | 'icmpCode'
  | 'icmpv6Code'
  | 'ctState'
  | 'ctStatus'
  | 'ctDirection'
  | 'tcpFlags'
  | 'dscp'
  | 'ecn'
  | 'pkttype'
  | 'addressType'
  | 'deviceType'
  | 'day'
  | 'hour'
  | 'time'
  | 'boolean'
  | 'user'
  | 'etherType'
  | 'mark';

export interface Requirement {
  readonly slot: number;
  readonly within: Intervals;
}

export interface Field {
  readonly name: FieldName;
  readonly slot: number;
  readonly type: ValueType;
  readonly bits: number;
  readonly requires: readonly Requirement[];
  /** The field is the slot plus this (the payload length of IPv6 is the packet's less 40). */
  readonly plus: number;
  /** Drawn anew each time it is read (numgen, a hash with an unknown seed): two readings may differ. */
  readonly fresh: boolean;
  /** The value is 0 for packets that do not fulfil this. */
  readonly zeroUnless?: Requirement;
}

const slotNames: string[] = [];
const slotNumbers = new Map<string, number>();

/** The number of a property of the packet; new ones come into being as rules ask for them. */
export function slotOf(name: string): number {
  let slot = slotNumbers.get(name);
  if (slot === undefined) {
    slot = slotNames.push(name) - 1;
    slotNumbers.set(name, slot);
  }
  return slot;
}

export function slotName(slot: number): string {
  return slotNames[slot] ?? '';
}

export function slotCount(): number {
  return slotNames.length;
}

/** What belongs to the connection: hidden from rules that run before conntrack has looked at the packet. */
const connectionSlots = [
  'ctState',
  'ctStatus',
  'ctMark',
  'ctDirection',
  'ctOriginalSource',
  'ctOriginalDestination',
  'ctOriginalSourcePort',
  'ctOriginalDestinationPort',
  'ctProtocol',
  'ctFamily',
  'helper',
].map(slotOf);

export function isConnectionSlot(slot: number): boolean {
  return slot < connectionSlots.length;
}

export const ipv4 = 2;
export const ipv6 = 10;

const is = (slot: string, ...values: number[]): Requirement => ({
  slot: slotOf(slot),
  within: fromRanges(values.map((value) => [value, value])),
});
const v4 = is('nfproto', ipv4);
const v6 = is('nfproto', ipv6);
const transport = (protocol: number): Requirement => is('l4proto', protocol);
const icmp = [v4, transport(1)];
const icmpv6 = [v6, transport(58)];
const tcp = [transport(6)];

const fields = new Map<string, Field>();

function define(
  name: FieldName,
  slot: string,
  type: ValueType,
  bits: number,
  requires: readonly Requirement[] = [],
  plus = 0,
): void {
  fields.set(name, { name, slot: slotOf(slot), type, bits, requires, plus, fresh: false });
}

define('meta nfproto', 'nfproto', 'nfproto', 8);
define('meta l4proto', 'l4proto', 'protocol', 8);
define('meta protocol', 'etherType', 'etherType', 16);
define('ip saddr', 'saddr', 'ipv4', 32, [v4]);
define('ip daddr', 'daddr', 'ipv4', 32, [v4]);
define('ip6 saddr', 'saddr', 'ipv6', 128, [v6]);
define('ip6 daddr', 'daddr', 'ipv6', 128, [v6]);
define('ip protocol', 'l4proto', 'protocol', 8, [v4]);
define('ip6 nexthdr', 'l4proto', 'protocol', 8, [v6]);
define('ip ttl', 'ttl', 'number', 8, [v4]);
define('ip6 hoplimit', 'ttl', 'number', 8, [v6]);
define('ip dscp', 'dscp', 'dscp', 6, [v4]);
define('ip6 dscp', 'dscp', 'dscp', 6, [v6]);
define('ip ecn', 'ecn', 'ecn', 2, [v4]);
define('ip6 ecn', 'ecn', 'ecn', 2, [v6]);
define('ip version', 'version', 'number', 4, [v4]);
define('ip6 version', 'version', 'number', 4, [v6]);
define('meta length', 'length', 'number', 32);
define('ip length', 'length', 'number', 16, [v4]);
define('ip6 length', 'length', 'number', 16, [v6], -40);
define('ip frag-off', 'ip frag-off', 'number', 16, [v4]);
define('ip hdrlength', 'ip hdrlength', 'number', 4, [v4]);
for (const [name, number] of [
  ['tcp', 6],
  ['udp', 17],
  ['udplite', 136],
  ['sctp', 132],
  ['dccp', 33],
] as const) {
  define(`${name} sport`, 'sport', 'port', 16, [transport(number)]);
  define(`${name} dport`, 'dport', 'port', 16, [transport(number)]);
}
define('th sport', 'th sport', 'port', 16);
define('th dport', 'th dport', 'port', 16);
define('tcp flags', 'tcpFlags', 'tcpFlags', 8, tcp);
define('icmp type', 'icmpType', 'icmpType', 8, icmp);
define('icmp code', 'icmpCode', 'icmpCode', 8, icmp);
define('icmpv6 type', 'icmpType', 'icmpv6Type', 8, icmpv6);
define('icmpv6 code', 'icmpCode', 'icmpv6Code', 8, icmpv6);
define('meta mark', 'mark', 'mark', 32);
define('ct mark', 'ctMark', 'mark', 32);
define('ct state', 'ctState', 'ctState', 32);
define('ct status', 'ctStatus', 'ctStatus', 32);
define('ct direction', 'ctDirection', 'ctDirection', 8);
define('ct original ip saddr', 'ctOriginalSource', 'ipv4', 32, [v4]);
define('ct original ip daddr', 'ctOriginalDestination', 'ipv4', 32, [v4]);
define('ct original ip6 saddr', 'ctOriginalSource', 'ipv6', 128, [v6]);
define('ct original ip6 daddr', 'ctOriginalDestination', 'ipv6', 128, [v6]);
define('ct original proto-src', 'ctOriginalSourcePort', 'port', 16);
define('ct original proto-dst', 'ctOriginalDestinationPort', 'port', 16);
define('ct original protocol', 'ctProtocol', 'protocol', 8);
define('ct original l3proto', 'ctFamily', 'nfproto', 8);
define('meta skuid', 'uid', 'user', 32);
define('meta skgid', 'gid', 'user', 32);
define('meta pkttype', 'pkttype', 'pkttype', 8);
define('meta iiftype', 'iiftype', 'deviceType', 16);
define('meta oiftype', 'oiftype', 'deviceType', 16);
define('meta cgroup', 'classid', 'number', 32);
define('meta hour', 'hour', 'hour', 32);
define('meta day', 'day', 'day', 8);
define('meta time', 'time', 'time', 53);
define('fib daddr type', 'daddrType', 'addressType', 32);
define('fib saddr type', 'saddrType', 'addressType', 32);
for (const flags of ['iif', 'oif', 'mark', 'mark iif', 'mark oif'].flatMap((what) => [
  `saddr ${what}`,
  `daddr ${what}`,
])) {
  define(`fib ${flags} type`, `fib ${flags} type`, 'addressType', 32);
}
define('fib saddr iif oif exists', 'reversePath', 'boolean', 1);
define('ether type', 'etherType', 'etherType', 16, [is('iiftype', symbols.deviceTypes.ether ?? 1)]);
for (const side of ['saddr', 'daddr']) define(`ether ${side}`, `ether ${side}`, 'ether', 48, [is('iiftype', 1)]);

/** Whether there is such an option: of a packet of another protocol there is none, which is an answer too. */
const optionHeaders: Readonly<Record<string, Requirement>> = {
  'tcp option': transport(6),
  'sctp chunk': transport(132),
  'dccp option': transport(33),
};

/**
 * What a description of a packet leaves out because an ordinary packet has none of it: extension headers and options
 * of IP, fragments. By slot; `fields` of a packet says otherwise.
 */
export const ordinary = new Map<number, number>([[slotOf('ip hdrlength'), 5]]);

/** Fields of other headers, and those that no packet description carries: known only when the caller says them. */
export function fieldOf(name: FieldName): Field {
  const known = fields.get(name);
  if (known !== undefined) return known;
  const made = madeField(name);
  fields.set(name, made);
  return made;
}

function madeField(name: FieldName): Field {
  const [header = '', second = '', third = ''] = name.split(' ', 3);
  const slot = slotOf(name);
  const field: Field = {
    name,
    slot,
    type: 'number',
    bits: 53,
    requires: headerRequirements[header] ?? [],
    plus: 0,
    fresh: header === 'numgen' || header === 'jhash' || header === 'symhash',
  };
  if (header === 'exthdr' || (header === 'ip' && second === 'option')) {
    const exists = header === 'exthdr' ? `exthdr ${second} exists` : `ip option ${third} exists`;
    ordinary.set(slotOf(exists), 0);
    return name === exists ? field : { ...field, requires: [...field.requires, is(exists, 1)] };
  }
  const option = optionHeaders[`${header} ${second}`];
  return option !== undefined && name.endsWith(' exists') ? { ...field, requires: [], zeroUnless: option } : field;
}

export function isKnownField(name: FieldName): boolean {
  return fields.has(name);
}

const headerRequirements: Readonly<Record<string, readonly Requirement[]>> = {
  tcp,
  icmp,
  icmpv6,
  ip: [v4],
  ip6: [v6],
  udp: [transport(17)],
  udplite: [transport(136)],
  sctp: [transport(132)],
  dccp: [transport(33)],
  ah: [transport(51)],
  esp: [transport(50)],
  comp: [transport(108)],
  exthdr: [v6],
  igmp: [v4, transport(2)],
};

/** All values that the field can have. */
export function fullRange(field: Field): Intervals {
  const top: Num = field.bits > 53 ? (1n << BigInt(field.bits)) - 1n : 2 ** field.bits - 1;
  return [field.bits > 53 ? 0n : 0, top];
}

/** The names that a type's numbers have. */
export const symbolsOf: Readonly<Partial<Record<ValueType, symbols.SymbolTable>>> = {
  port: symbols.services,
  protocol: symbols.protocols,
  nfproto: symbols.nfprotos,
  icmpType: symbols.icmpTypes,
  icmpv6Type: symbols.icmpv6Types,
  icmpCode: symbols.icmpCodes,
  icmpv6Code: symbols.icmpv6Codes,
  ctState: symbols.ctStates,
  ctStatus: symbols.ctStatuses,
  ctDirection: symbols.ctDirections,
  tcpFlags: symbols.tcpFlags,
  dscp: symbols.dscps,
  ecn: symbols.ecns,
  pkttype: symbols.packetTypes,
  addressType: symbols.addressTypes,
  deviceType: symbols.deviceTypes,
  day: symbols.weekdays,
  boolean: symbols.booleans,
  user: symbols.users,
  etherType: symbols.etherTypes,
};
