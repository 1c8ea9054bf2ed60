import type { Packet } from '../packet.js';
import type { Match, Part, Rule, Ruleset, Verdict } from '../ruleset.js';
import { ctStates } from '../values/symbols.js';
import { assume } from './assume.js';
import { slots } from './cells.js';
import { evaluate } from './evaluate.js';
import type { Finder } from './finder.js';
import { type Surroundings, settleConnection } from './initial.js';
import type { Outcome } from './outcome.js';
import type { Group, Plan, Station } from './plan.js';
import { missing } from './reasons.js';
import { enterNextStage } from './routing.js';
import type { Scope } from './scope.js';
import type { SetReader } from './sets.js';
import { assignment, setUpdate, verdictMap } from './statements.js';
import { translate } from './translate.js';
import { type Happening, Way } from './way.js';
import { whyNot } from './why-not.js';

export interface Workshop {
  readonly ruleset: Ruleset;
  readonly plan: Plan;
  readonly sets: SetReader;
  readonly finder: Finder;
  /** Rules that may be looked at for one packet, before it counts as running in circles. */
  readonly mostRules: number;
}

/** What a part of a rule does to the way: go on with the rule, leave it, be done with the base chain, or fork. */
export type Step = 'on' | 'next rule' | 'next station' | Outcome | readonly Way[];

/** Chains that a packet may be in at once. The kernel refuses loops; a bad dump may have them. */
const deepest = { nft: 16, other: 512 };

/** Follows one way until it is decided or forks. */
export class Machine {
  private looked = 0;

  constructor(
    readonly shop: Workshop,
    readonly packet: Packet,
    readonly around: Surroundings,
    /** Write down each rule that was tried, not only where the way turned. */
    private readonly walk: boolean,
  ) {}

  scope(way: Way): Scope {
    const station = way.station as Station;
    return {
      ruleset: this.shop.ruleset,
      table: station.table,
      packet: this.packet,
      sets: this.shop.sets,
      isTouched: (set) => way.isTouched(set),
    };
  }

  run(way: Way): Outcome | readonly Way[] {
    for (;;) {
      const step =
        way.rule !== undefined ? this.goOn(way) : way.frame === undefined ? this.nextStation(way) : this.nextRule(way);
      if (step !== 'on') return step;
    }
  }

  note(way: Way, happened: Happening, rule?: Rule, note?: string): void {
    const { station, frame } = way;
    if (station === undefined) return;
    const chain = happened === 'policy' ? station.chain : (frame?.chain ?? station.chain);
    way.events = { value: { station, hook: station.base.hook, chain, rule, happened, note }, before: way.events };
  }

  private nextStation(way: Way): 'on' | Outcome | readonly Way[] {
    if (way.trial && way.station !== undefined) return { kind: 'impossible' };
    if (way.inGroup + 1 < way.order.length) way.inGroup++;
    else {
      const next = way.stage?.groups[way.group + 1];
      if (next === undefined) return enterNextStage(way, this);
      return this.enterGroup(way, next);
    }
    return this.enterCurrent(way);
  }

  private enterGroup(way: Way, group: Group): 'on' | readonly Way[] {
    way.group++;
    way.inGroup = 0;
    way.groupStart = undefined;
    const [first = [], ...others] = group.orders;
    const settled = others.length > 0 && this.passesNat(way, first);
    const ways = settled ? [first] : group.orders;
    const begun = ways.map((order, i) => {
      const one = i === 0 ? way : way.copy();
      if (ways.length > 1) one.because(`whether translation or the chains of the same priority come first`);
      one.order = order;
      if (order.length > 1) one.groupStart = one.copy();
      return one;
    });
    const entered = begun.map((one) => this.enterCurrent(one));
    if (begun.length === 1) return entered[0] ?? 'on';
    return begun.flatMap((one, i) => {
      const step = entered[i];
      return step === undefined || step === 'on' ? [one] : step;
    });
  }

  /** A packet of a known connection meets no nat chain, and then the order does not matter. */
  private passesNat(way: Way, order: readonly Station[]): boolean {
    const nat = order.find((station) => station.base.type === 'nat');
    if (nat === undefined) return true;
    const isEarly = nat.base.hook === 'prerouting' || nat.base.hook === 'output';
    if (isEarly ? way.destinationSettled : way.sourceSettled) return true;
    const state = way.cells.values[slots.ctState];
    return state === ctStates.established || state === ctStates.invalid || state === ctStates.untracked;
  }

  private enterCurrent(way: Way): 'on' | readonly Way[] {
    const station = way.order[way.inGroup];
    return station === undefined ? 'on' : this.enter(way, station);
  }

  /** Base chains that this packet does not visit are left out: of other devices, and nat when the connection is known. */
  enter(way: Way, station: Station): 'on' | readonly Way[] {
    way.station = station;
    const { base } = station;
    const { cells } = way;
    cells.connectionHidden = false;
    if (base.devices.length > 0) {
      const onDevice: Match = {
        kind: 'name',
        field: base.hook === 'egress' ? 'oifname' : 'iifname',
        patterns: base.devices,
        negated: false,
      };
      const answer = evaluate(onDevice, cells, this.scope(way));
      if (answer === 'no') return 'on';
      if (answer === 'maybe')
        return this.fork(way, onDevice, (one, holds) => (holds ? this.begin(one, station) : undefined));
    }
    if (base.type === 'nat') {
      const isDestination = base.hook === 'prerouting' || base.hook === 'output';
      if (isDestination ? way.destinationSettled : way.sourceSettled) return 'on';
      const isNew: Match = { kind: 'compare', left: { field: 'ct state' }, within: [4, 4, 8, 8], negated: false };
      const answer = evaluate(isNew, cells, this.scope(way));
      if (answer === 'no') return 'on';
      const related = cells.values[slots.ctState] === ctStates.related;
      if (answer === 'maybe')
        return this.fork(way, isNew, (one, holds) => (holds ? this.begin(one, station) : undefined));
      if (related) {
        // The first packet of a related connection is translated, an ICMP error about one is not.
        const other = way.copy();
        for (const one of [way, other]) one.because('whether it is the first packet of the related connection');
        this.begin(way, station);
        return [way, other];
      }
    }
    return this.seesConnection(way, station);
  }

  /** Before priority −200 of prerouting and output conntrack has not looked yet, except at what comes back over lo. */
  private seesConnection(way: Way, station: Station): 'on' | readonly Way[] {
    const { hook } = station.base;
    const early = hook === 'ingress' || ((hook === 'prerouting' || hook === 'output') && station.priority <= -200);
    if (!early || way.untracked) return this.begin(way, station);
    if (hook !== 'output') {
      const looped: Match = { kind: 'name', field: 'iifname', patterns: ['lo'], negated: false };
      const answer = evaluate(looped, way.cells, this.scope(way));
      if (answer === 'yes') return this.begin(way, station);
      if (answer === 'maybe') return this.fork(way, looped, (one, holds) => this.begin(one, station, !holds));
    }
    if (station.priority === -200) {
      const other = way.copy();
      for (const one of [way, other])
        one.because(`whether chain ${station.chain.name} runs before conntrack, which has the same priority`);
      this.begin(way, station, true);
      this.begin(other, station, false);
      return [way, other];
    }
    return this.begin(way, station, true);
  }

  private begin(way: Way, station: Station, hidden = false): 'on' {
    way.cells.connectionHidden = hidden;
    way.frame = { chain: station.chain, position: 0, cursor: undefined, up: undefined, depth: 0, entered: undefined };
    this.note(way, 'enter');
    return 'on';
  }

  private nextRule(way: Way): 'on' | Outcome | readonly Way[] {
    const { frame } = way;
    if (frame === undefined) return 'on';
    if (frame.cursor === undefined || frame.cursor.version !== way.cells.version)
      frame.cursor = this.shop.finder.enter(frame.chain, way.cells, this.scope(way));
    const index = frame.cursor.next(frame.position);
    if (index < 0) return this.endOfChain(way);
    if (++this.looked > this.shop.mostRules)
      return { kind: 'unknown', why: 'the rules lead round in circles, or there are too many of them', way };
    frame.position = index + 1;
    way.rule = frame.chain.rules.at(index);
    way.part = 0;
    way.mapFound = -1;
    return 'on';
  }

  private endOfChain(way: Way): 'on' | Outcome | readonly Way[] {
    const { frame, station } = way;
    if (frame?.up !== undefined) {
      if (this.walk) this.note(way, 'end');
      way.frame = frame.up;
      return 'on';
    }
    return this.policy(way, station as Station);
  }

  private policy(way: Way, station: Station): 'on' | Outcome | readonly Way[] {
    if (station.base.policy === 'drop') {
      this.note(way, 'policy', undefined, 'drop');
      return this.refused(way, { kind: 'decided', verdict: 'drop', way, policy: station });
    }
    this.note(way, 'policy', undefined, 'accept');
    way.passed = { value: { station, chain: station.chain, rule: undefined }, before: way.passed };
    way.frame = undefined;
    return 'on';
  }

  private goOn(way: Way): 'on' | Outcome | readonly Way[] {
    const rule = way.rule as Rule;
    const step = this.parts(way, rule);
    if (step === 'next rule' || step === 'on') {
      way.rule = undefined;
      return 'on';
    }
    if (step === 'next station') {
      way.rule = undefined;
      way.frame = undefined;
      return 'on';
    }
    return step;
  }

  private parts(way: Way, rule: Rule): Step {
    const { parts } = rule;
    if (way.pending !== undefined) {
      const { pending } = way;
      way.pending = undefined;
      const step = this.verdict(way, rule, pending);
      if (step !== 'on') return step;
      way.part++;
    }
    for (; way.part < parts.length; way.part++) {
      const part = parts[way.part] as Part;
      const step = isMatch(part) ? this.match(way, rule, part) : this.statement(way, rule, part);
      if (step !== 'on') return step;
    }
    if (this.walk) this.note(way, 'match', rule);
    return 'next rule';
  }

  private match(way: Way, rule: Rule, match: Match): Step {
    const scope = this.scope(way);
    const answer = evaluate(match, way.cells, scope);
    if (answer === 'yes') return 'on';
    if (answer === 'no') {
      if (this.walk) this.note(way, 'no match', rule, whyNot(match, way.cells));
      return 'next rule';
    }
    if (!changesAnything(rule.parts, way.part) || this.failsLater(way, rule)) {
      if (this.walk) this.note(way, 'perhaps', rule, missing(match, way.cells, scope));
      return 'next rule';
    }
    return this.fork(way, match, (one, holds) => {
      if (holds) one.part++;
      else one.rule = undefined;
    });
  }

  /** A later match that fails for certain, before anything is written, makes the open one unimportant. */
  private failsLater(way: Way, rule: Rule): boolean {
    const scope = this.scope(way);
    for (let i = way.part + 1; i < rule.parts.length; i++) {
      const part = rule.parts[i] as Part;
      if (isMatch(part)) {
        if (evaluate(part, way.cells, scope) === 'no') return true;
      } else if (part.kind !== 'note') return false;
    }
    return false;
  }

  /** Both answers are followed, each narrowed by what it assumes. */
  fork(way: Way, match: Match, then: (way: Way, holds: boolean) => unknown): readonly Way[] {
    const scope = this.scope(way);
    const other = way.copy();
    const reason = missing(match, way.cells, scope);
    way.because(reason);
    other.because(reason);
    assume(match, true, way.cells, scope);
    assume(match, false, other.cells, scope);
    then(way, true);
    then(other, false);
    return [way, other];
  }

  private statement(way: Way, rule: Rule, part: Exclude<Part, Match>): Step {
    switch (part.kind) {
      case 'note':
        return 'on';
      case 'verdict':
        return this.verdict(way, rule, part.verdict);
      case 'vmap':
        return verdictMap(this, way, rule, part);
      case 'assign':
        return assignment(this, way, part);
      case 'nat':
      case 'tproxy':
        return translate(this, way, rule, part);
      case 'update':
        return setUpdate(this, way, part);
      case 'notrack':
        if (way.cells.connectionHidden) this.untrack(way);
        return 'on';
      case 'effect':
        return {
          kind: 'unknown',
          why: `${part.text} (${part.why})`,
          way,
          rule: {
            station: way.station as Station,
            chain: way.frame?.chain ?? (way.station as Station).chain,
            rule,
            through: way.frame?.entered,
          },
        };
    }
  }

  private untrack(way: Way): void {
    way.cells.write(slots.ctState, ctStates.untracked);
    settleConnection(way.cells);
    way.cells.connectionHidden = false;
    way.untracked = true;
  }

  verdict(way: Way, rule: Rule, verdict: Verdict): Step {
    const station = way.station as Station;
    const frame = way.frame;
    if (frame === undefined) return 'next station';
    const culprit = { station, chain: frame.chain, rule, through: frame.entered };
    switch (verdict.to) {
      case 'continue':
        return 'on';
      case 'accept':
        this.note(way, 'accept', rule);
        way.passed = { value: culprit, before: way.passed };
        return 'next station';
      case 'drop':
      case 'reject':
      case 'queue':
        this.note(way, verdict.to, rule);
        return this.refused(way, {
          kind: 'decided',
          verdict: verdict.to,
          way,
          rule: culprit,
          ...(verdict.to === 'reject' ? { how: verdict.with } : {}),
          ...(verdict.to === 'queue' ? { to: `queue ${verdict.queue}` } : {}),
        });
      case 'return':
        if (this.walk) this.note(way, 'return', rule);
        if (frame.up === undefined) {
          way.rule = undefined;
          const step = this.policy(way, station);
          return step === 'on' ? 'next station' : step;
        }
        way.frame = frame.up;
        return 'next rule';
      case 'jump':
      case 'goto': {
        const chain = station.table.chains.get(verdict.chain);
        if (chain === undefined)
          return { kind: 'unknown', why: `chain ${verdict.chain} is not in the dump`, way, rule: culprit };
        this.note(way, verdict.to, rule, verdict.chain);
        const up = verdict.to === 'jump' ? frame : frame.up;
        const depth = verdict.to === 'jump' ? frame.depth + 1 : frame.depth;
        if (depth > (station.table.backend === 'iptables-legacy' ? deepest.other : deepest.nft)) {
          return {
            kind: 'unknown',
            why: `the jumps to chain ${verdict.chain} are nested deeper than the kernel allows, perhaps in a circle`,
            way,
            rule: culprit,
          };
        }
        way.frame = {
          chain,
          position: 0,
          cursor: undefined,
          up,
          depth,
          entered: { value: rule, before: frame.entered },
        };
        return 'next rule';
      }
    }
  }

  /**
   * Refused in a chain that shares its priority with others: where these belong to other tables the order is not
   * certain, so each of them is tried as if it came first. What none of them would refuse is refused here.
   */
  private refused(way: Way, outcome: Outcome): Outcome | readonly Way[] {
    const start = way.groupStart;
    if (start === undefined || way.trial) return outcome;
    const trials: Way[] = [];
    for (const [i, station] of way.order.entries()) {
      if (i <= way.inGroup || station.table === way.station?.table) continue;
      const trial = start.copy();
      trial.trial = true;
      trial.reasons = way.reasons;
      trial.because(`which of the chains of priority ${station.base.priority} runs first`);
      const begun = this.enter(trial, station);
      if (begun === 'on') {
        if (trial.frame !== undefined) trials.push(trial);
      } else trials.push(...begun);
    }
    if (trials.length === 0) return outcome;
    way.groupStart = undefined;
    way.rule = undefined;
    return [new Decided(outcome, way), ...trials];
  }
}

/** A way that is already at its end, among others that are not. */
export class Decided extends Way {
  constructor(
    readonly outcome: Outcome,
    way: Way,
  ) {
    super(way.family, way.cells);
  }
}

export function isMatch(part: Part): part is Match {
  switch (part.kind) {
    case 'compare':
    case 'name':
    case 'lookup':
    case 'ipset':
    case 'all':
    case 'any':
    case 'merged':
    case 'clock':
    case 'may':
    case 'opaque':
      return true;
    default:
      return false;
  }
}

/** Whether anything from this part on can decide or change something. */
function changesAnything(parts: readonly Part[], from: number): boolean {
  for (let i = from; i < parts.length; i++) {
    const part = parts[i] as Part;
    if (!isMatch(part) && part.kind !== 'note' && !(part.kind === 'verdict' && part.verdict.to === 'continue'))
      return true;
  }
  return false;
}
