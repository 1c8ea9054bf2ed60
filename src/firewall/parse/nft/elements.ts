import type { Component, Element, ElementData, KeyField } from '../../ruleset.js';
import { fieldOf, type ValueType } from '../../values/fields.js';
import { isList, isObject, type Json, type JsonObject, listOf, soleKey } from './json.js';
import { component } from './right.js';
import { parseVerdict } from './verdict.js';

const longestComment = 120;

export type KeyType = ValueType | 'name' | 'unknown';

/** The types that nft names in `type` of sets and maps. What is not here is told by how its elements look. */
const setTypes: Readonly<Record<string, KeyType>> = {
  ipv4_addr: 'ipv4',
  ipv6_addr: 'ipv6',
  ether_addr: 'ether',
  inet_proto: 'protocol',
  inet_service: 'port',
  mark: 'mark',
  ifname: 'name',
  iface_index: 'name',
  ct_state: 'ctState',
  ct_status: 'ctStatus',
  ct_dir: 'ctDirection',
  tcp_flag: 'tcpFlags',
  dscp: 'dscp',
  ecn: 'ecn',
  pkt_type: 'pkttype',
  fib_addrtype: 'addressType',
  icmp_type: 'icmpType',
  icmpv6_type: 'icmpv6Type',
  icmp_code: 'icmpCode',
  icmpv6_code: 'icmpv6Code',
  nf_proto: 'nfproto',
  ether_type: 'etherType',
  iface_type: 'deviceType',
  uid: 'user',
  gid: 'user',
  day: 'day',
  hour: 'hour',
  time: 'time',
  integer: 'number',
  boolean: 'boolean',
  cgroupsv2: 'unknown',
};

export function typeNamed(name: Json): KeyType {
  return typeof name === 'string' && Object.hasOwn(setTypes, name) ? (setTypes[name] ?? 'unknown') : 'unknown';
}

export function keyTypesOf(key: readonly KeyField[]): readonly KeyType[] {
  return key.map((part) => ('name' in part ? 'name' : fieldOf(part.field).type));
}

/** `unsure` says why not every element could be read: then no lookup in the set is certain. */
export interface Elements {
  readonly elements: readonly Element[];
  readonly unsure?: string;
}

export function elementsOf(
  members: readonly Json[],
  types: readonly KeyType[],
  data: readonly KeyType[] | 'verdict' | undefined,
): Elements {
  const elements: Element[] = [];
  let unsure: string | undefined;
  for (const member of members) {
    const element = elementOf(member, types, data);
    if (element === undefined) unsure ??= 'an element of the set is not understood';
    else elements.push(element);
  }
  return unsure === undefined ? { elements } : { elements, unsure };
}

function elementOf(
  member: Json,
  types: readonly KeyType[],
  data: readonly KeyType[] | 'verdict' | undefined,
): Element | undefined {
  if (data === undefined) return keyOf(member, types);
  if (!isList(member) || member.length !== 2) return undefined;
  const key = keyOf(member[0] ?? null, types);
  const value = dataOf(member[1] ?? null, data);
  return key === undefined || value === undefined ? undefined : { ...key, data: value };
}

function keyOf(member: Json, types: readonly KeyType[]): Element | undefined {
  const plain = bare(member);
  const notes = notesOf(member);
  if (plain === '*') return { key: [], catchAll: true, ...notes };
  const parts = types.length > 1 ? concatenated(plain) : [plain];
  const key = components(parts, types);
  return key === undefined ? undefined : { key, ...notes };
}

/** Most elements have none, and of those there are many. */
function notesOf(member: Json): Pick<Element, 'notes'> {
  if (!isObject(member) || !isObject(member.elem)) return {};
  const { comment, expires } = member.elem;
  const notes = {
    ...(typeof comment === 'string' && { comment: comment.slice(0, longestComment) }),
    ...(typeof expires === 'number' && { left: expires }),
  };
  return Object.keys(notes).length === 0 ? {} : { notes };
}

/** The value itself, without the timeout, comment and counter that an element may carry. */
function bare(member: Json): Json {
  return isObject(member) && isObject(member.elem) ? (member.elem.val ?? null) : member;
}

function concatenated(value: Json): readonly Json[] {
  return isObject(value) && soleKey(value) === 'concat' ? listOf(value.concat) : [value];
}

function components(parts: readonly Json[], types: readonly KeyType[]): Component[] | undefined {
  if (parts.length !== types.length) return undefined;
  const found: Component[] = [];
  for (const [i, part] of parts.entries()) {
    const type = types[i] ?? 'unknown';
    const one = component(part, type === 'unknown' ? guessed(part) : type);
    if (one === undefined) return undefined;
    found.push(one);
  }
  return found;
}

/** How an element of an undeclared type (typeof) looks: addresses are addresses, other words are names. */
function guessed(part: Json): ValueType | 'name' {
  const object: JsonObject | undefined = isObject(part) ? part : undefined;
  const kind = object === undefined ? undefined : soleKey(object);
  const sample =
    kind === 'range'
      ? listOf(object?.range)[0]
      : kind === 'prefix' && isObject(object?.prefix)
        ? object.prefix.addr
        : part;
  if (typeof sample !== 'string') return 'number';
  if (/^\d+\.\d+\.\d+\.\d+$/.test(sample)) return 'ipv4';
  return sample.includes(':') && /^[0-9a-f:.]+$/i.test(sample) ? 'ipv6' : 'name';
}

function dataOf(value: Json, types: readonly KeyType[] | 'verdict'): ElementData | undefined {
  if (types === 'verdict') {
    const verdict = parseVerdict(bare(value));
    return verdict === undefined ? undefined : { verdict };
  }
  const parts = concatenated(bare(value));
  const values = components(parts, types.length === parts.length ? types : parts.map(() => 'unknown'));
  return values === undefined ? undefined : { values };
}
