/** What the kernel would do with a packet to one address, as `ip route get` says, and which line makes it do so. */
import { canonical, familyOf, inPrefix } from '../../model/address.js';
import type { RouteChoice } from '../../model/facts.js';
import type { IpObject } from '../ip/ip-command.js';
import { textOf } from '../ip/ip-command.js';

/** Words of the kernel for each kind of route that leads nowhere (fib_props in net/ipv4/fib_semantics.c, ip6_rt_type_to_error). */
const TYPES: readonly (readonly [words: string, type: string])[] = [
  ['Invalid argument', 'blackhole'],
  ['No route to host', 'unreachable'],
  ['Permission denied', 'prohibit'],
  // Of a `throw` route too, when no later table has another one.
  ['Network is unreachable', 'none'],
];

function typeOfError(words: string): string {
  return TYPES.find(([text]) => text === words)?.[1] ?? 'none';
}

export function choiceOf(address: string, route: IpObject, line: string | null): RouteChoice {
  const via = textOf(route['gateway']) ?? viaOtherFamily(route['via']);
  const source = textOf(route['prefsrc']);
  return {
    address,
    type: textOf(route['type']) ?? 'unicast',
    via: via === null ? null : canonical(via),
    device: textOf(route['dev']),
    source: source === null ? null : canonical(source),
    table: textOf(route['table']),
    error: null,
    line,
    ...hopLimitOf(route),
  };
}

/** What the kernel refuses to lead anywhere: in which words, and by which line or rule of routing where that is found. */
export function refusedChoice(
  address: string,
  words: string,
  listing: string,
  rules: readonly string[],
  flow: Flow,
): RouteChoice {
  const bare = address.split('%')[0] ?? address;
  const type = typeOfError(words);
  const found = refusingRoute(bare, type, listing, rules, flow) ?? refusingRule(bare, type, rules, flow);
  return {
    address,
    type: found && type !== 'none' ? found.type : type,
    via: null,
    device: null,
    source: null,
    table: found?.table ?? null,
    error: words,
    line: found?.line.slice(0, 200) ?? null,
  };
}

/** IPDEFTTL (RFC 1700); Linux and most others begin with it. */
export const usualHopLimit = 64;

/** `hoplimit 1` of the route's line (ip-route(8)), which goes before the kernel's default. */
function hopLimitOf({ metrics }: IpObject): Pick<RouteChoice, 'hopLimit'> {
  const all = Array.isArray(metrics) ? metrics : [];
  for (const one of all as readonly unknown[]) {
    const value: unknown = typeof one === 'object' && one !== null && 'hoplimit' in one ? one.hoplimit : undefined;
    if (typeof value === 'number' && value > 0 && value < usualHopLimit) return { hopLimit: { value, by: 'route' } };
  }
  return {};
}

/** `via inet6 fe80::1`: an IPv4 route by an IPv6 gateway (RFC 5549) has its gateway elsewhere. */
function viaOtherFamily(via: unknown): string | null {
  return typeof via === 'object' && via !== null && 'host' in via ? textOf(via.host) : null;
}

export interface RefusingLine {
  readonly type: string;
  readonly table: string | null;
  readonly line: string;
}

/** Who asks for a way, as far as policy rules look at more than the destination. */
export interface Flow {
  readonly uid: number | null;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** An address of this device that it bears already, as an answer does. */
  readonly source?: string;
  /** What a rule of the firewall may have marked it with; probes bear no mark of their own. */
  readonly mark?: number;
}

/** What `ip route show table all match ADDRESS` prints: lines of all tables whose prefix holds it. */
export function refusingRoute(
  address: string,
  type: string,
  listed: string,
  rules: readonly string[],
  flow: Flow | null = null,
): RefusingLine | null {
  const wanted = type === 'none' ? ['throw', 'unreachable'] : [type];
  const tables = tablesInOrder(rules, address, flow);
  const lines = listed
    .split('\n', 10_000)
    .map((line) => line.trim())
    .flatMap((line): (RefusingLine & { bits: number; order: number })[] => {
      const [, kind = '', prefix = ''] = /^(blackhole|unreachable|prohibit|throw) (\S+)/.exec(line) ?? [];
      if (!wanted.includes(kind) || !holds(prefix, address)) return [];
      const table = / table (\S+)/.exec(line)?.[1] ?? 'main';
      const order = tables.indexOf(table);
      return order < 0 ? [] : [{ type: kind, table, line, bits: bitsOf(prefix), order }];
    });
  // Within a table the longest prefix decides; among tables, whose rule comes first (RPDB, ip-rule(8)).
  const [best] = lines.toSorted((a, b) => a.order - b.order || b.bits - a.bits);
  return best ? { type: best.type, table: best.table, line: best.line } : null;
}

/** A policy rule that refuses by itself: `32765: from all to 203.0.113.0/24 prohibit`. */
export function refusingRule(
  address: string,
  type: string,
  rules: readonly string[],
  flow: Flow | null = null,
): RefusingLine | null {
  // A rule that says "unreachable" gives the same error as no route at all (fib4_rule_action in net/ipv4/fib_rules.c).
  const wanted = type === 'none' ? 'unreachable' : type;
  const line = rules.find((rule) => rule.endsWith(` ${wanted}`) && concerns(rule, address, flow));
  return line === undefined ? null : { type, table: null, line };
}

function tablesInOrder(rules: readonly string[], address: string, flow: Flow | null): string[] {
  const tables = rules
    .filter((rule) => concerns(rule, address, flow))
    .flatMap((rule) => / lookup (\S+)/.exec(rule)?.[1] ?? []);
  return tables.length > 0 ? tables : ['local', 'main', 'default'];
}

/** By destination, and by user, protocol, port and source where these are known. */
function concerns(rule: string, address: string, flow: Flow | null): boolean {
  const to = / to (\S+)/.exec(rule)?.[1];
  const within = to === undefined || to === 'all' || inPrefix(address, to);
  if (/ not /.test(rule)) return to === undefined || to === 'all' || !within;
  // A probe is sent by this device.
  const [input, mark] = [/ iif (\S+)/.exec(rule)?.[1], markOf(rule)];
  if (!within || (input !== undefined && input !== 'lo')) return false;
  // Bits of 32, as the kernel compares them (fib_rule_match).
  if (mark !== null && (((flow?.mark ?? 0) ^ mark.value) & mark.mask) !== 0) return false;
  if (flow === null) return true;
  const from = / from (\S+)/.exec(rule)?.[1];
  if (flow.source !== undefined && from !== undefined && from !== 'all' && !inPrefix(flow.source, from)) return false;
  const protocol = / ipproto (\S+)/.exec(rule)?.[1];
  return (
    (protocol === undefined || protocol === flow.protocol) &&
    inRange(/ uidrange (\S+)/.exec(rule)?.[1], flow.uid) &&
    inRange(/ dport (\S+)/.exec(rule)?.[1], flow.port)
  );
}

/** `fwmark 0x63` or `fwmark 0x63/0xff`; null where the rule does not look at the mark. */
export function markOf(rule: string): { readonly value: number; readonly mask: number } | null {
  const [, value, mask] = / fwmark (0x[\da-f]{1,8}|\d{1,10})(?:\/(0x[\da-f]{1,8}|\d{1,10}))?(?= |$)/.exec(rule) ?? [];
  return value === undefined ? null : { value: Number(value), mask: mask === undefined ? 0xff_ff_ff_ff : Number(mask) };
}

function inRange(range: string | undefined, value: number | null): boolean {
  if (range === undefined || value === null) return true;
  const [low = '', high = low] = range.split('-');
  return value >= Number(low) && value <= Number(high);
}

function holds(prefix: string, address: string): boolean {
  return prefix === 'default' || inPrefix(address, prefix);
}

function bitsOf(prefix: string): number {
  if (prefix === 'default') return 0;
  const [network = '', bits] = prefix.split('/');
  return bits === undefined ? (familyOf(network) === 6 ? 128 : 32) : Number(bits);
}
