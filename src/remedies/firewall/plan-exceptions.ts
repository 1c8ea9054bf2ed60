import type { Packet } from '../../firewall/packet.js';
import { decide, prepare, type DecidedBy, type DecisionDetail } from '../../firewall/decide.js';
import type { Surroundings } from '../../firewall/decide/initial.js';
import { ownerOf } from '../../firewall/owner.js';
import type { Ruleset } from '../../firewall/ruleset.js';
import { withRule } from '../../firewall/with-rule.js';
import type { FlowPacket } from '../../inspectors/firewall/packets.js';
import type { Flow } from '../../model/failing-flows.js';
import type { FlowTrace } from '../../model/facts.js';
import type { Operation, PacketMatch } from '../../model/operation.js';
import { alsoLetIn, alsoOpened } from './collateral.js';
import type { Dialect, Exception, Obstacle } from './dialect.js';
import { knowsConnections, matchFor } from './exception.js';

type Matches = (direction: 'out' | 'in', tracked: boolean) => PacketMatch;

export interface FirewallView {
  readonly ruleset: Ruleset;
  readonly flows: readonly {
    readonly flow: Flow;
    readonly packets: readonly FlowPacket[];
    /** Where others come in: what an exception says of their packets, and of the answers. */
    readonly matches?: Matches;
  }[];
  readonly around: Surroundings;
  /** Managers of which nothing is installed here any more: rules of theirs that were left behind are nobody's. */
  readonly absent: ReadonlySet<string>;
  /** Connections that the kernel followed to what stopped them: where the rules count, or go by chance, it knows better. */
  readonly traced?: readonly FlowTrace[];
  /** What counts as standing in the way: as a rule, what stops a packet. */
  readonly stops?: ReadonlySet<DecisionDetail['verdict']>;
}

export interface Exceptions {
  readonly operations: readonly Operation[];
  readonly made: readonly { readonly obstacle: Obstacle; readonly exception: Exception }[];
  readonly opens: readonly string[];
}

/** A packet that is stopped again and again is no matter of a few exceptions. */
const mostObstacles = 8;

const stopping: ReadonlySet<DecisionDetail['verdict']> = new Set(['drop', 'reject']);

/** Exceptions for all that stops the flows, tried in the model before anybody tries them for real. */
export function planExceptions(
  view: FirewallView,
  dialects: readonly Dialect[],
): Exceptions | { readonly whyNot: string } {
  let ruleset = view.ruleset;
  const made: { readonly obstacle: Obstacle; readonly exception: Exception }[] = [];
  for (const { flow, packets, matches } of view.flows) {
    for (const { direction, packet: seen } of packets) {
      const stop = stopOf(flow, direction, view);
      const known = withClientPort(seen);
      const isUntracked = stop?.direction === 'in' && tracksNot(ruleset) && passes(known, ruleset, view);
      const packet = isUntracked ? withoutConnection(known) : known;
      for (;;) {
        const decision = decide(prepare(ruleset), packet, view.around);
        if (decision.verdict === 'accept') break;
        const obstacle = obstacleIn(decision, view, stop);
        if (obstacle === null) return { whyNot: `what the firewall does with it cannot be told: ${decision.why}` };
        if (made.length >= mostObstacles) return { whyNot: 'more than eight rules stand in its way' };
        const dialect = obstacle.at.table.owned ? undefined : dialects.find((one) => one.speaks(obstacle));
        if (!dialect) return { whyNot: belongsTo(obstacle) };
        const isTracked = !isUntracked && knowsConnections(decision, ruleset);
        const match = matches?.(direction, isTracked) ?? matchFor(flow, direction, isTracked);
        const step = firstThatHelps(dialect.exceptions(obstacle, match), ruleset, decision, (changed) =>
          decide(prepare(changed), packet, view.around),
        );
        if (step === null) return { whyNot: `no exception in the words of ${dialect.id} would let it through` };
        made.push({ obstacle, exception: step.exception });
        ruleset = step.ruleset;
      }
    }
  }
  if (made.length === 0) return { whyNot: passedBy(view) };
  const [before, after] = [prepare(view.ruleset), prepare(ruleset)];
  const opens = view.flows.flatMap(({ flow, packets, matches }) => {
    if (matches !== undefined) {
      const into = packets.find(({ direction }) => direction === 'in')?.packet;
      return into === undefined ? [] : alsoLetIn(before, after, flow, into, view.around);
    }
    const first = packets.find(({ direction }) => direction === 'out')?.packet;
    return first === undefined ? [] : alsoOpened(before, after, flow, first, view.around);
  });
  return { operations: merged(made.map(({ exception }) => exception.operation)), made, opens: [...new Set(opens)] };
}

/** What a client is given where nobody asks for a port: RFC 6335 and Linux' own range agree on 49152 to 60999. */
const clientPort = 54_321;

/** Rules for other ports say nothing of it; whatever the guess misses, the second measurement sees. */
function withClientPort(packet: Packet): Packet {
  const { sport, dport } = packet;
  if (sport !== undefined && dport === undefined) return { ...packet, dport: clientPort };
  return dport !== undefined && sport === undefined ? { ...packet, sport: clientPort } : packet;
}

function passes(packet: Packet, ruleset: Ruleset, { around }: FirewallView): boolean {
  return decide(prepare(ruleset), packet, around).verdict === 'accept';
}

/** Whether a rule has packets pass that belong to no connection then: nor do their answers. */
function tracksNot({ tables }: Ruleset): boolean {
  return tables.some(({ chains }) =>
    [...chains.values()].some(({ rules }) =>
      [...rules].some(({ parts }) => parts.some(({ kind }) => kind === 'notrack')),
    ),
  );
}

function withoutConnection({ state: _state, ctDirection: _direction, ...packet }: Packet): Packet {
  return packet;
}

function passedBy({ flows, traced = [] }: FirewallView): string {
  const wasStopped = traced.some(({ stoppedBy, address }) => stoppedBy !== null && flows.some(({ flow }) => flow.address === address)); // prettier-ignore
  return wasStopped
    ? 'the kernel stopped it a moment ago, and as the rules are read now they let it through: they have changed since, or say what is not understood here'
    : 'as the rules stand now they let it through';
}

type Stop = NonNullable<FlowTrace['stoppedBy']>;

/** Where the kernel was seen to stop that connection, on that way. */
function stopOf(flow: Flow, direction: Stop['direction'], { traced = [] }: FirewallView): Stop | null {
  const found = traced.find(({ address, port, stoppedBy }) => address === flow.address && port === flow.port && stoppedBy?.direction === direction); // prettier-ignore
  return found?.stoppedBy ?? null;
}

function isAt({ table, chain, rule }: DecidedBy, stop: Stop): boolean {
  const isThere = table.family === stop.family && table.name === stop.table && chain.name === stop.chain;
  return isThere && rule?.handle === stop.rule?.handle;
}

function obstacleIn(
  { verdict, decidedBy, rivals, either }: DecisionDetail,
  { absent, stops = stopping }: FirewallView,
  stop: Stop | null,
): Obstacle | null {
  const seen = stop === null ? undefined : either?.find((place) => isAt(place, stop));
  // Whichever of them comes first, each needs its own exception.
  const at = decidedBy ?? rivals?.[0] ?? seen;
  if (at === undefined || (seen === undefined && !stops.has(verdict))) return null;
  const owner = ownerOf(at);
  return { at, owner: owner === null || absent.has(owner.id) ? null : owner };
}

function belongsTo({ at, owner }: Obstacle): string {
  const { table, chain } = at;
  if (table.owned === true)
    return `table ${table.family} ${table.name} belongs to a program that is running (flags owner): nobody else may change it, and it goes when that program ends`;
  const where = `${table.backend} ${table.family} ${table.name}, chain ${chain.name}`;
  return owner === null
    ? `exceptions in ${where} are not known to this version`
    : `the rule belongs to ${owner.id} (${where}), which would lose or undo a change made beneath it`;
}

/** The first that changes what becomes of this packet: it passes, or gets further. */
function firstThatHelps(
  exceptions: readonly Exception[],
  ruleset: Ruleset,
  was: DecisionDetail,
  decideIn: (changed: Ruleset) => DecisionDetail,
): { readonly exception: Exception; readonly ruleset: Ruleset } | null {
  for (const exception of exceptions) {
    const { table, chain, index, rule } = exception;
    const changed = withRule(ruleset, table, chain, index, rule);
    const now = decideIn(changed);
    const isFurther =
      now.decidedBy !== null && was.decidedBy !== null && now.decidedBy.table.name !== was.decidedBy.table.name;
    const isOther =
      now.decidedBy?.rule?.handle !== was.decidedBy?.rule?.handle ||
      now.decidedBy?.chain.name !== was.decidedBy?.chain.name;
    if (now.verdict === 'accept' || isFurther || isOther) return { exception, ruleset: changed };
  }
  return null;
}

/** Rules of nftables go in one transaction. */
function merged(operations: readonly Operation[]): Operation[] {
  const rules = operations.flatMap((operation) => (operation.kind === 'nft-allow' ? operation.rules : []));
  const others = operations.filter(({ kind }) => kind !== 'nft-allow');
  return rules.length === 0 ? others : [{ kind: 'nft-allow', rules }, ...others];
}
