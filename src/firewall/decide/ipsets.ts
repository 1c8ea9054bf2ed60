import type { IpSet, IpSetMember, IpSetPart, Match } from '../ruleset.js';
import type { Num } from '../values/intervals.js';
import { type Answer, answerOf, not } from './answer.js';
import { type Cell, type Cells, slots } from './cells.js';
import type { Scope } from './scope.js';

/** `-m set --match-set NAME src,dst`: membership as the ipset program's dump has it. */
export function ipsetAnswer(match: Match & { readonly kind: 'ipset' }, cells: Cells, scope: Scope): Answer {
  const assumption = ipsetAssumption(match);
  const assumed = cells.assumed(assumption);
  let answer: Answer;
  if (assumed !== undefined) answer = answerOf(assumed);
  else if (match.unsure !== undefined || scope.isTouched(`ipset ${match.set}`)) answer = 'maybe';
  else answer = memberOf(match.set, match.directions, cells, scope, 0);
  return match.negated ? not(answer) : answer;
}

export function ipsetAssumption(match: Match & { readonly kind: 'ipset' }): string {
  return `${match.directions.join(',')} in ipset ${match.set}${match.unsure ?? ''}`;
}

type Direction = 'src' | 'dst';

function memberOf(name: string, directions: readonly Direction[], cells: Cells, scope: Scope, depth: number): Answer {
  const set = scope.ruleset.ipsets.get(name);
  if (set === undefined || set.unsure !== undefined || depth > 8) return 'maybe';
  if (set.type === 'list:set') {
    let result: Answer = 'no';
    for (const { parts } of set.members) {
      const inner = parts[0];
      const answer = inner?.kind === 'set' ? memberOf(inner.name, directions, cells, scope, depth + 1) : 'maybe';
      if (answer === 'yes') return 'yes';
      if (answer === 'maybe') result = 'maybe';
    }
    return result;
  }
  const found = candidatesOf(set, directions, cells, scope);
  return found === null ? 'no' : mostSpecific(found.members, found.values);
}

/** The member of a set, or of a set in a list of sets, that holds the packet; undefined where that is not surely known. */
export function memberHolding(
  name: string,
  directions: readonly Direction[],
  cells: Cells,
  scope: Scope,
  depth = 0,
): { readonly set: string; readonly member: IpSetMember } | undefined {
  const set = scope.ruleset.ipsets.get(name);
  if (set === undefined || set.unsure !== undefined || depth > 8) return undefined;
  if (set.type === 'list:set') {
    for (const { parts } of set.members) {
      const inner = parts[0]?.kind === 'set' ? parts[0].name : undefined;
      if (inner === undefined || memberOf(inner, directions, cells, scope, depth + 1) === 'no') continue;
      return memberHolding(inner, directions, cells, scope, depth + 1);
    }
    return undefined;
  }
  const found = candidatesOf(set, directions, cells, scope);
  if (found === null || mostSpecific(found.members, found.values) !== 'yes') return undefined;
  const holding = found.members.filter((member) => !member.nomatch && partsAnswer(member, found.values) === 'yes');
  const [first, ...others] = holding;
  if (first === undefined) return undefined;
  return { set: name, member: others.reduce((a, b) => (isSmaller(b, a) ? b : a), first) };
}

/** The members that may hold the packet, and its values; null where it is never a member. */
function candidatesOf(
  set: IpSet,
  directions: readonly Direction[],
  cells: Cells,
  scope: Scope,
): { readonly members: readonly IpSetMember[]; readonly values: readonly Value[] } | null {
  // ip_set_test: fewer directions than the set has dimensions, or the other family, is never a member.
  const dimensions = set.type.slice(set.type.indexOf(':') + 1).split(',');
  if (directions.length < dimensions.length) return null;
  const family = cells.values[slots.family] === 2 ? 'inet' : 'inet6';
  if (set.family !== 'none' && set.family !== family) return null;
  const values = dimensions.map((dimension, i) => valueFor(dimension, directions[i] ?? 'src', cells));
  const index = scope.sets.ipset(set);
  const value = values[index.part]?.cell;
  if (value === null) return null;
  const isKnown = typeof value === 'number' || typeof value === 'bigint';
  return { members: isKnown ? index.candidates(value) : set.members, values };
}

type Value = { readonly kind: IpSetPart['kind']; readonly cell: Cell; readonly protocol?: Cell };

function valueFor(dimension: string, direction: Direction, cells: Cells): Value {
  const { values } = cells;
  const isSource = direction === 'src';
  switch (dimension) {
    case 'ip':
    case 'net':
      return { kind: 'address', cell: values[isSource ? slots.source : slots.destination] };
    case 'port':
      return { kind: 'port', cell: portOf(isSource, cells), protocol: values[slots.protocol] };
    case 'iface':
      return { kind: 'interface', cell: values[isSource ? slots.in : slots.out] };
    case 'mark':
      return { kind: 'mark', cell: values[slots.mark] };
    case 'mac':
      return { kind: 'mac', cell: isSource ? values[slots.sourceMac] : undefined };
    default:
      return { kind: 'set', cell: undefined };
  }
}

/** For ICMP, ipset takes type and code for the port (ip_set_getport). */
function portOf(isSource: boolean, cells: Cells): Cell {
  const { values } = cells;
  const protocol = values[slots.protocol];
  if (protocol === 1 || protocol === 58) {
    const type = values[slots.icmpType];
    const code = values[slots.icmpCode];
    return typeof type === 'number' && typeof code === 'number' ? type * 256 + code : undefined;
  }
  if (protocol === undefined || protocol === 6 || protocol === 17 || protocol === 132 || protocol === 136)
    return values[isSource ? slots.sport : slots.dport];
  return null;
}

/**
 * Of several networks around an address the smallest decides: that is what `nomatch` is for. Of two networks in one
 * element the first is compared first (mtype_test_cidrs in ip_set_hash_gen.h).
 */
function mostSpecific(members: readonly IpSetMember[], values: readonly Value[]): Answer {
  let best: IpSetMember | undefined;
  let maybe = false;
  for (const member of members) {
    const answer = partsAnswer(member, values);
    if (answer === 'maybe') maybe = true;
    if (answer !== 'yes') continue;
    if (best === undefined || isSmaller(member, best)) best = member;
  }
  if (maybe && !(best !== undefined && !members.some((member) => member.nomatch) && !best.nomatch)) return 'maybe';
  return answerOf(best !== undefined && !best.nomatch);
}

function isSmaller(one: IpSetMember, other: IpSetMember): boolean {
  for (const [i, part] of one.parts.entries()) {
    const same = other.parts[i];
    if (part.kind !== 'address' || same?.kind !== 'address') continue;
    const [a, b] = [sizeOf(part), sizeOf(same)];
    if (a !== b) return a < b;
  }
  return false;
}

function sizeOf({ low, high }: IpSetPart & { readonly kind: 'address' }): Num {
  return BigInt(high) - BigInt(low);
}

function partsAnswer(member: IpSetMember, values: readonly Value[]): Answer {
  let result: Answer = 'yes';
  for (const [i, part] of member.parts.entries()) {
    const answer = partAnswer(part, values[i]);
    if (answer === 'no') return 'no';
    if (answer === 'maybe') result = 'maybe';
  }
  return result;
}

function partAnswer(part: IpSetPart, value: Value | undefined): Answer {
  if (value === undefined || value.kind !== part.kind || value.cell === null) return 'no';
  const { cell } = value;
  switch (part.kind) {
    case 'address':
      return cell === undefined
        ? 'maybe'
        : answerOf(
            typeof cell !== 'string' && typeof cell === typeof part.low && cell >= part.low && cell <= part.high,
          );
    case 'port': {
      if (part.protocol !== null && value.protocol !== undefined && value.protocol !== part.protocol) return 'no';
      if (typeof cell === 'number' && (cell < part.low || cell > part.high)) return 'no';
      return typeof cell !== 'number' || (part.protocol !== null && value.protocol === undefined) ? 'maybe' : 'yes';
    }
    case 'interface':
      return cell === undefined ? 'maybe' : answerOf(cell === part.name);
    case 'mark':
    case 'mac':
      return cell === undefined ? 'maybe' : answerOf(cell === part.value);
    default:
      return 'maybe';
  }
}
