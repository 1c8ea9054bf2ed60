import type { RuleReference } from '../model/words.js';
import { initialCells, type Surroundings } from './decide/initial.js';
import { asksSet, caughtBy } from './decide/caught.js';
import { everyRule, type Finder } from './decide/finder.js';
import { IndexedRules } from './index-rules.js';
import { Machine, type Workshop } from './decide/machine.js';
import type { DecidedVerdict, Outcome, Place } from './decide/outcome.js';
import { Plan, type Station } from './decide/plan.js';
import { firstStages } from './decide/routing.js';
import { SetReader } from './decide/sets.js';
import { slots } from './decide/cells.js';
import { ctStates } from './values/symbols.js';
import { Decided } from './decide/uncertain-order.js';
import { inOrder, Way } from './decide/way.js';
import type { Packet } from './packet.js';
import { referenceTo, textOf } from './rule-text.js';
import type { Chain, Rule, Ruleset, Table } from './ruleset.js';

export interface PathStep {
  readonly hook: string;
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly number?: number;
  readonly handle?: number;
  /** Of the rule, when every rule is listed. */
  readonly text?: string;
  readonly did: string;
  readonly note?: string;
}

export interface PolicyReference {
  readonly table: string;
  readonly chain: string;
  readonly family: string;
  readonly backend: string;
}

/**
 * What becomes of a packet. `rule` and `policy` name what decided it; both are null when nothing did (no chain is
 * hooked in) or when the verdict is certain but several rules could be the one (`why` says which).
 */
export interface Decision {
  readonly verdict: DecidedVerdict | 'unknown';
  readonly rule: RuleReference | null;
  readonly policy: PolicyReference | null;
  /** Where a redirect leads: `192.0.2.1:80`, `:3128` on this machine; or the queue. */
  readonly to?: string;
  /** Of a reject: `tcp reset`, `icmp port-unreachable`… */
  readonly how?: string;
  readonly why: string;
  readonly path: readonly PathStep[];
}

/** The places in the ruleset behind a decision, for those who want to look further (owners, remedies). */
export interface DecisionDetail extends Decision {
  readonly decidedBy: DecidedBy | null;
  /** Elements of sets by which the rule took the packet: `198.51.100.0/24 in set blocklist`. */
  readonly caught?: readonly string[];
  /** It is refused at each of these, and which comes first hangs on the order of chains with one priority. */
  readonly rivals?: readonly DecidedBy[];
  /** The verdict hangs on something unknown: each of these would decide it one way. */
  readonly either?: readonly DecidedBy[];
  /** Something was unknown, and more than one way was followed: `path` is one of them. */
  readonly forked: boolean;
  /** A rule (notrack) kept it out of the table of connections, on one of these ways at least. */
  readonly untracked?: true;
}

export interface DecidedBy {
  readonly table: Table;
  readonly chain: Chain;
  /** Undefined for a policy. */
  readonly rule?: Rule;
  /** The rules whose jumps led to it, the first one first. */
  readonly through: readonly Rule[];
}

/** A ruleset made ready for packets: sets, order of chains and index are built once, when first needed. */
export interface Firewall {
  readonly workshop: Workshop;
}

export interface DecideOptions extends Surroundings {
  /** Every rule that was tried goes into `path`, not only where the packet turned. */
  readonly walk?: boolean;
}

export function prepare(ruleset: Ruleset, finder: Finder = new IndexedRules()): Firewall {
  let rules = 0;
  for (const table of ruleset.tables) for (const chain of table.chains.values()) rules += chain.rules.length;
  const mostRules = 200_000 + 10 * rules;
  return { workshop: { ruleset, plan: new Plan(ruleset), sets: new SetReader(), finder, mostRules } };
}

/** Ways that are followed for one packet before the answer is unknown. */
const mostWays = 1500;

export function decide(firewall: Firewall, packet: Packet, options: DecideOptions = {}): DecisionDetail {
  const { ruleset } = firewall.workshop;
  const fatal = ruleset.problems.find((problem) => problem.fatal);
  if (fatal !== undefined) return unknown(`the ruleset could not be read: ${fatal.where}: ${fatal.what}`, []);
  const families = packet.family === undefined ? ([4, 6] as const) : [packet.family];
  const uncovered = families.find((family) => !(family === 4 ? ruleset.covers.ip : ruleset.covers.ip6));
  if (uncovered !== undefined && families.length === 1)
    return unknown(`the dump says nothing about IPv${uncovered}`, []);
  const machine = new Machine(
    options.walk === true ? { ...firewall.workshop, finder: everyRule } : firewall.workshop,
    packet,
    options,
    options.walk === true,
  );
  const ways = families.filter((family) => family !== uncovered).map((family) => start(packet, family, options));
  const outcomes = explore(machine, ways);
  const decision =
    typeof outcomes === 'string'
      ? unknown(outcomes, [])
      : merge(outcomes, families.length > 1, options.walk === true, { ...firewall.workshop, packet });
  const refuses = decision.verdict === 'drop' || decision.verdict === 'reject';
  return refuses && mayBeOffloaded(ruleset, packet)
    ? unknown(
        `${decision.verdict} (${decision.why}), or passed on by a flowtable without meeting the rules`,
        decision.path,
      )
    : decision;
}

/** What a flowtable has learned of, it passes on from ingress to egress, past all rules (nf_flow_table_ip.c). */
function mayBeOffloaded(ruleset: Ruleset, { hook, state, protocol }: Packet): boolean {
  const isKnown = state === undefined || state === ctStates.established;
  const isCarried = protocol === undefined || protocol === 6 || protocol === 17;
  return (
    hook === 'forward' &&
    isKnown &&
    isCarried &&
    ruleset.tables.some((table) => !table.dormant && table.flowtables.length > 0)
  );
}

function start(packet: Packet, family: 4 | 6, options: DecideOptions): Way {
  const way = new Way(family, initialCells(packet, family, options));
  way.typeGiven = way.cells.values[slots.destinationType] !== undefined;
  way.stagesLeft = firstStages(packet.hook);
  return way;
}

type Ended = Exclude<Outcome, { readonly kind: 'impossible' }>;
type Placed = Ended & { readonly kind: 'decided' };

/** Follows all ways to their ends, or until two of them disagree about the verdict. */
function explore(machine: Machine, ways: readonly Way[]): readonly Ended[] | string {
  const open = ways.toReversed();
  const ended: Ended[] = [];
  let followed = 0;
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    const result = way instanceof Decided ? way.outcome : machine.run(way);
    if (isForked(result)) {
      followed += result.length;
      if (followed > mostWays)
        return `too much is unknown: ${[...new Set(inOrder(way.reasons))].slice(0, 3).join('; ')}`;
      for (const one of result.toReversed()) open.push(one);
      continue;
    }
    if (result.kind === 'impossible') continue;
    ended.push(result);
    if (result.kind === 'unknown') return [result];
    const first = ended[0];
    if (first?.kind === 'decided' && first.verdict !== result.verdict) return [first, result];
  }
  return ended;
}

function isForked(result: Outcome | readonly Way[]): result is readonly Way[] {
  return Array.isArray(result);
}

function merge(
  outcomes: readonly Ended[],
  bothFamilies: boolean,
  walk: boolean,
  around: Pick<Workshop, 'ruleset' | 'sets'> & { readonly packet: Packet },
): DecisionDetail {
  const [first, ...others] = outcomes;
  if (first === undefined) return unknown('what is said about the packet contradicts the rules', []);
  if (first.kind === 'unknown')
    return unknown(`a rule that is not understood stands in the way: ${first.why}`, path(first.way.events, walk));
  const reasons = new Set(bothFamilies ? ['IPv4 or IPv6 not given'] : []);
  for (const one of outcomes)
    if (one.kind !== 'unknown') for (const reason of inOrder(one.way.reasons)) reasons.add(reason);
  const hangsOn = [...reasons].slice(0, 3).join('; ');
  const differing = others.find((one) => one.kind === 'decided' && one.verdict !== first.verdict);
  if (differing !== undefined && differing.kind === 'decided') {
    return {
      ...unknown(
        `${first.verdict} (${placeText(first)}) or ${differing.verdict} (${placeText(differing)}): it hangs on ${hangsOn}`,
        path(first.way.events, walk),
      ),
      either: [first, differing].flatMap(({ rule, policy }) => decidedBy(rule, policy) ?? []),
    };
  }
  const otherPlace = others.find((one) => one.kind === 'decided' && !samePlace(one, first));
  if (otherPlace !== undefined && otherPlace.kind === 'decided') {
    const rivals = rivalPlaces(first, others);
    return {
      ...(rivals !== null && { rivals }),
      verdict: first.verdict,
      rule: null,
      policy: null,
      decidedBy: null,
      forked: true,
      path: path(first.way.events, walk),
      why: `${placeText(first)}, or ${placeText(otherPlace)}: which of them hangs on ${hangsOn}`,
    };
  }
  const to = others.every((one) => one.kind === 'decided' && one.to === first.to) ? first.to : undefined;
  const caught = first.rule === undefined || outcomes.length > 1 ? [] : caughtIn(first.rule, first.way, around);
  return {
    verdict: first.verdict,
    rule: first.rule === undefined ? null : referenceTo(first.rule.station.table, first.rule.chain, first.rule.rule),
    policy: first.policy === undefined ? null : policyReference(first.policy),
    ...(to === undefined ? {} : { to }),
    ...(first.how === undefined ? {} : { how: first.how }),
    why: `${placeText(first)}${caught.length === 0 ? '' : `, by ${caught.join(' and ')}`}`,
    ...(caught.length === 0 ? {} : { caught }),
    path: path(first.way.events, walk),
    decidedBy: decidedBy(first.rule, first.policy),
    forked: outcomes.length > 1,
    ...(outcomes.some(({ way }) => way.untracked) && { untracked: true as const }),
  };
}

/** What was rewritten on the way may be in another set now than it was in front of the rule. */
function caughtIn(
  { station, rule, through }: Place,
  way: Way,
  around: Pick<Workshop, 'ruleset' | 'sets'> & { readonly packet: Packet },
): string[] {
  const rules = [...inOrder(through), rule];
  if (!rules.some(({ parts }) => parts.some(({ kind }) => asksSet.has(kind)))) return [];
  if (way.rewritten) return [];
  const isTouched = (set: string): boolean => way.isTouched(set);
  return caughtBy(rules, way.cells, { ...around, table: station.table, isTouched });
}

function decidedBy(place: Place | undefined, policy: Station | undefined): DecidedBy | null {
  if (place !== undefined)
    return { table: place.station.table, chain: place.chain, rule: place.rule, through: inOrder(place.through) };
  return policy === undefined ? null : { table: policy.table, chain: policy.chain, through: [] };
}

/** Null where the places differ for another reason than the order of their chains. */
function rivalPlaces(first: Placed, others: readonly Ended[]): DecidedBy[] | null {
  const elsewhere = others.filter((one) => one.kind === 'decided').filter((one) => !samePlace(one, first));
  if (elsewhere.some(({ way }) => way.trial !== 'refuse')) return null;
  return [first, ...elsewhere].flatMap(({ rule, policy }) => decidedBy(rule, policy) ?? []);
}

function samePlace(one: Placed, other: Placed): boolean {
  return one.rule?.rule === other.rule?.rule && one.policy?.chain === other.policy?.chain && one.how === other.how;
}

function placeText(outcome: Placed): string {
  if (outcome.rule !== undefined) {
    const { station, chain, rule } = outcome.rule;
    return `rule ${rule.number} of chain ${chain.name}, table ${station.table.family} ${station.table.name}`;
  }
  if (outcome.policy === undefined) return 'no chain filters this packet';
  return `no rule decides; policy of chain ${outcome.policy.chain.name}, table ${outcome.policy.table.family} ${outcome.policy.table.name}`;
}

function policyReference(station: Station): PolicyReference {
  const { table, chain } = station;
  return { table: table.name, chain: chain.name, family: table.family, backend: table.backend };
}

function unknown(why: string, steps: readonly PathStep[]): DecisionDetail {
  return { verdict: 'unknown', rule: null, policy: null, why, path: steps, decidedBy: null, forked: true };
}

function path(events: Way['events'], walk = false): readonly PathStep[] {
  return inOrder(events).map(({ station: { table }, hook, chain, rule, happened, note }) => ({
    hook,
    family: table.family,
    table: table.name,
    chain: chain.name,
    ...(rule === undefined ? {} : { number: rule.number }),
    ...(rule?.handle === undefined ? {} : { handle: rule.handle }),
    ...(rule === undefined || !walk ? {} : { text: textOf(rule) }),
    did: happened,
    ...(note === undefined ? {} : { note }),
  }));
}
