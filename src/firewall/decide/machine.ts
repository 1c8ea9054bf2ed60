import type { Packet } from '../packet.js';
import type { Match, Part, Rule, Ruleset } from '../ruleset.js';
import { ctStates } from '../values/symbols.js';
import { assume } from './assume.js';
import { slots } from './cells.js';
import { enterCurrent, enterGroup } from './enter.js';
import { evaluate } from './evaluate.js';
import type { Finder } from './finder.js';
import { type Surroundings, settleConnection } from './initial.js';
import type { Outcome } from './outcome.js';
import { changesAnything, isMatch } from './part-kinds.js';
import type { Plan, Station } from './plan.js';
import { missing } from './reasons.js';
import { enterNextStage } from './routing.js';
import type { Scope } from './scope.js';
import type { SetReader } from './sets.js';
import { assignment, setUpdate, verdictMap } from './statements.js';
import { translate } from './translate.js';
import { carryOut, policy } from './verdict.js';
import type { Happening, Way } from './way.js';
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

/** Follows one way until it is decided or forks. */
export class Machine {
  private looked = 0;

  constructor(
    readonly shop: Workshop,
    readonly packet: Packet,
    readonly around: Surroundings,
    /** Write down each rule that was tried, not only where the way turned. */
    readonly walk: boolean,
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
    if (way.trial !== undefined && way.station !== undefined) {
      if (way.trial === 'refuse' || !way.destinationSettled) return { kind: 'impossible' };
      way.trial = undefined;
    }
    if (way.inGroup + 1 < way.order.length) way.inGroup++;
    else {
      const next = way.stage?.groups[way.group + 1];
      if (next === undefined) return enterNextStage(way, this);
      return enterGroup(this, way, next);
    }
    return enterCurrent(this, way);
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
    return policy(this, way, station as Station);
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
      const step = carryOut(this, way, rule, pending);
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
        return carryOut(this, way, rule, part.verdict);
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
}
