import { parseIPv4, parseIPv6, prefixRange } from '../values/addresses.js';
import { contains, fromRanges, intersect, type Intervals, type Num } from '../values/intervals.js';
import { isMatch } from '../decide/part-kinds.js';
import { ctStates } from '../values/symbols.js';
import type { BitOperation, Match, Part, Table } from '../ruleset.js';

/** What a rule lets out: anything to anywhere (`open`), what a kill switch may let out, or all that goes into a tunnel. */
export type Exit =
  | 'open'
  | 'harmless'
  | 'server'
  | 'server by its port'
  | 'marked'
  | { readonly tunnels: readonly string[] };

/** Addresses that stay in the own network, or on its link (RFC 1918, 3927, 4193, 4291, 5771, 6598). */
const local = {
  4: networks(
    '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16 127.0.0.0/8 100.64.0.0/10 224.0.0.0/4 255.255.255.255/32',
  ),
  6: networks('fc00::/7 fe80::/10 ::1/128 ff00::/8'),
};

/** Networks of this device's own, behind bridges that containers and virtual machines have. */
const inside = /^(?:lo|docker|br-|virbr|veth|lxc|lxd|incus|cni|podman|vnet|vmnet|vboxnet)/;

/** Ports by which VPNs are set up and spoken (IANA; openvpn(8), wg(8), RFC 7296, 3193), to whichever server. */
const vpnPorts = ports('500 1194-1199 1701 1723 4500 51820-51829');
/** What finds the way there: names, addresses, the time. Nobody's page or mail goes by these. */
const finding = ports('53 67 68 123 546 547 853 1900 5353 5355');
/** Control messages carry no connection: ICMP, IGMP, ICMPv6. */
const messages: Intervals = fromRanges([
  [1, 2],
  [58, 58],
]);
const udp = 17;
/** More single addresses than one VPN's servers are. */
const mostServers = 256;
const systemAccounts = 999;
const nobody = 65_534;

interface Narrowed {
  readonly out: readonly string[] | null;
  readonly to: { readonly family: 4 | 6; readonly within: Intervals } | null;
  readonly ports: Intervals | null;
  readonly protocols: Intervals | null;
  readonly newOnes: boolean;
  readonly staysHere: boolean;
  readonly mark: Intervals | null;
  readonly byAccount: 'system' | 'other' | null;
}

/** What the conditions of one way to an accepting rule, all together, let out. */
export function exitOf(
  parts: readonly Part[],
  table: Table,
  isTunnel: (pattern: string) => boolean,
  isVpnMark: (mark: number) => boolean,
): Exit {
  let seen: Narrowed | null = nothingAsked;
  for (const part of parts) {
    if (!isMatch(part)) continue;
    seen = seen && narrowed(seen, part, table);
  }
  if (seen === null) return 'open';
  if (!seen.newOnes || seen.staysHere || seen.byAccount === 'system') return 'harmless';
  if (seen.protocols !== null && isWithin(seen.protocols, messages)) return 'harmless';
  if (seen.mark?.length === 2 && isVpnMark(Number(seen.mark[0]))) return 'marked';
  if (seen.out !== null) {
    const beside = seen.out.filter((pattern) => !inside.test(pattern));
    if (beside.length === 0) return 'harmless';
    if (beside.every(isTunnel)) return isWide(seen) ? { tunnels: beside } : 'harmless';
  }
  return byDestination(seen);
}

const nothingAsked: Narrowed = {
  out: null,
  to: null,
  ports: null,
  protocols: null,
  newOnes: true,
  staysHere: false,
  mark: null,
  byAccount: null,
};

function isWide({ to, ports: asked, byAccount, mark }: Narrowed): boolean {
  return to === null && asked === null && byAccount === null && mark === null;
}

function byDestination({ to, ports: asked, protocols, byAccount }: Narrowed): Exit {
  if (byAccount !== null) return 'open';
  if (to !== null && isWithin(to.within, local[to.family])) return 'harmless';
  if (asked !== null && isWithin(asked, finding)) return 'harmless';
  const isUdp = protocols?.length === 2 && protocols[0] === udp && protocols[1] === udp;
  const isOne = to !== null && size(to.within) <= mostServers;
  if (asked !== null && isWithin(asked, vpnPorts)) return isOne ? 'server by its port' : 'harmless';
  if (!isOne) return 'open';
  // To a single address: by any protocol, or by UDP, goes a VPN. By TCP and the port of the web may go one, or a page.
  if (isUdp || (protocols === null && asked === null)) return 'server';
  return asked === null || isWithin(asked, ports('443')) ? 'harmless' : 'open';
}

/** Null where it cannot be told what a condition lets through. */
function narrowed(seen: Narrowed, part: Match, table: Table): Narrowed | null {
  if (part.kind === 'name') return byName(seen, part);
  if (part.kind === 'lookup') {
    const within = part.negated ? null : addressesOf(part, table);
    return within && { ...seen, to: within };
  }
  if (part.kind !== 'compare') return part.kind === 'may' ? seen : null;
  const { field, bits } = part.left;
  const { within, negated } = part;
  switch (field) {
    case 'ct state':
      return { ...seen, newOnes: seen.newOnes && contains(within, worked(ctStates['new'] ?? 8, bits)) !== negated };
    case 'meta mark':
    case 'ct mark':
      return negated ? seen : { ...seen, mark: within };
    case 'meta skuid':
    case 'meta skgid':
      return { ...seen, byAccount: !negated && isSystem(within) ? 'system' : 'other' };
    case 'fib daddr type':
      // 1 is unicast: somebody else.
      return { ...seen, staysHere: seen.staysHere || contains(within, 1) === negated };
    case 'meta l4proto':
      return negated ? seen : { ...seen, protocols: within };
    case 'ip daddr':
      return negated || bits !== undefined ? seen : { ...seen, to: { family: 4, within } };
    case 'ip6 daddr':
      return negated || bits !== undefined ? seen : { ...seen, to: { family: 6, within } };
    default:
      return byHeader(seen, field, within, negated);
  }
}

function byHeader(seen: Narrowed, field: string, within: Intervals, negated: boolean): Narrowed {
  const [, name, what] = /^(tcp|udp|sctp|dccp|udplite|th|icmp|icmpv6) (\S+)$/.exec(field) ?? [];
  if (name === undefined) return seen;
  const protocol = { tcp: 6, udp, sctp: 132, dccp: 33, udplite: 136, icmp: 1, icmpv6: 58 }[name];
  const protocols: Intervals | null = protocol === undefined ? seen.protocols : [protocol, protocol];
  return { ...seen, protocols, ...(what === 'dport' && !negated ? { ports: within } : {}) };
}

function byName(seen: Narrowed, { field, patterns, negated }: Match & { readonly kind: 'name' }): Narrowed | null {
  if (field !== 'oifname') return null;
  return negated ? seen : { ...seen, out: patterns };
}

/** The addresses of a set that asks for nothing else. */
function addressesOf({ key: [key], key: { length }, set }: Match & { readonly kind: 'lookup' }, table: Table) {
  if (length !== 1 || key === undefined || !('field' in key) || key.bits !== undefined) return null;
  const family = key.field === 'ip daddr' ? 4 : key.field === 'ip6 daddr' ? 6 : null;
  const elements = 'named' in set ? table.sets.get(set.named)?.elements : set.elements;
  if (family === null || elements === undefined) return null;
  const ranges: (readonly [Num, Num])[] = [];
  for (const { key: component } of elements) {
    const [one] = component;
    if (one === undefined || !('low' in one)) return null;
    ranges.push([one.low, one.high]);
  }
  return { family, within: fromRanges(ranges) } as const;
}

function isSystem(within: Intervals): boolean {
  for (let i = 0; i < within.length; i += 2) {
    const [low, high] = [Number(within[i]), Number(within[i + 1])];
    if (high > systemAccounts && !(low === nobody && high === nobody)) return false;
  }
  return within.length > 0;
}

function isWithin(these: Intervals, all: Intervals): boolean {
  return these.length > 0 && size(intersect(these, all)) === size(these);
}

function size(within: Intervals): number {
  let sum = 0;
  for (let i = 0; i < within.length; i += 2) sum += Number(within[i + 1]) - Number(within[i]) + 1;
  return sum;
}

function worked(value: number, bits: readonly BitOperation[] | undefined): number {
  return (bits ?? []).reduce((now, { operation, operand }) => (operation === '&' ? now & Number(operand) : now), value);
}

function ports(text: string): Intervals {
  return fromRanges(
    text.split(' ').map((one) => {
      const [low, high] = one.split('-').map(Number);
      return [low ?? 0, high ?? low ?? 0] as const;
    }),
  );
}

function networks(text: string): Intervals {
  return fromRanges(
    text.split(' ').flatMap((one) => {
      const [address = '', length] = one.split('/');
      const parsed = parseIPv4(address) ?? parseIPv6(address);
      const found = parsed === undefined ? undefined : prefixRange(parsed, Number(length));
      return found === undefined ? [] : [found];
    }),
  );
}
