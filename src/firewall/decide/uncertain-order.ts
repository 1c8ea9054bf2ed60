import { enter } from './enter.js';
import type { Machine } from './machine.js';
import type { Outcome } from './outcome.js';
import type { Station } from './plan.js';
import { Way } from './way.js';

/** A way that is already at its end, among others that are not. */
export class Decided extends Way {
  constructor(
    readonly outcome: Outcome,
    way: Way,
  ) {
    super(way.family, way.cells);
  }
}

/**
 * Refused in a chain that shares its priority with others: where these belong to other tables the order is not
 * certain, so each of them is tried as if it came first. What none of them would refuse is refused here.
 */
export function refused(machine: Machine, way: Way, outcome: Outcome): Outcome | readonly Way[] {
  const start = way.groupStart;
  if (start === undefined || way.trial !== undefined) return outcome;
  const trials: Way[] = [];
  for (const [i, station] of way.order.entries()) {
    if (i <= way.inGroup || station.table === way.station?.table) continue;
    const trial = start.copy();
    trial.trial = 'refuse';
    trial.reasons = way.reasons;
    trial.because(`which of the chains of priority ${station.base.priority} runs first`);
    const begun = enter(machine, trial, station);
    if (begun === 'on') {
      if (trial.frame !== undefined) trials.push(trial);
    } else trials.push(...begun);
  }
  if (trials.length === 0) return outcome;
  way.groupStart = undefined;
  way.rule = undefined;
  return [new Decided(outcome, way), ...trials];
}

/** Two managers may both translate a packet, in chains of one priority: the first does, and it is not certain which that is. */
export function rivalTranslations(machine: Machine, way: Way, station: Station): readonly Way[] {
  const start = way.groupStart;
  if (start === undefined || way.trial !== undefined) return [];
  const rivals: Way[] = [];
  for (const [i, other] of way.order.entries()) {
    const isRival =
      i > way.inGroup &&
      other.base.type === 'nat' &&
      other.base.priority === station.base.priority &&
      other.table !== station.table;
    if (!isRival) continue;
    const rival = start.copy();
    rival.order = [other, ...way.order.filter((one) => one !== other)];
    rival.inGroup = 0;
    rival.trial = 'translate';
    rival.reasons = way.reasons;
    rival.because(`which of the chains of priority ${station.base.priority} runs first`);
    const begun = enter(machine, rival, other);
    if (begun !== 'on') rivals.push(...begun);
    else if (rival.frame !== undefined) rivals.push(rival);
  }
  if (rivals.length > 0) way.because(`which of the chains of priority ${station.base.priority} runs first`);
  return rivals;
}
