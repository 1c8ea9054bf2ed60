import type { Clock, Match } from '../ruleset.js';
import { fieldOf, slotOf } from '../values/fields.js';
import { contains } from '../values/intervals.js';
import { type Answer, answerOf, every, not, some } from './answer.js';
import { type Cells } from './cells.js';
import { ipsetAnswer } from './ipsets.js';
import { nameAnswer, patternAssumption } from './names.js';
import { rawCell, readValue, requirements, slotFor, unknownWithin } from './read-field.js';
import type { Scope } from './scope.js';
import { lookupAnswer } from './lookup.js';

/** Whether a match holds, as far as the packet is known. */
export function evaluate(match: Match, cells: Cells, scope: Scope): Answer {
  switch (match.kind) {
    case 'compare':
      return compare(match, cells);
    case 'name':
      return name(match, cells);
    case 'lookup':
      return lookupAnswer(match, cells, scope);
    case 'ipset':
      return ipsetAnswer(match, cells, scope);
    case 'all': {
      const answer = every(match.of, (one) => evaluate(one, cells, scope));
      return match.negated ? not(answer) : answer;
    }
    case 'any': {
      const answer = some(match.of, (one) => evaluate(one, cells, scope));
      return match.negated ? not(answer) : answer;
    }
    case 'merged': {
      const all = every(match.of, (one) => evaluate(one, cells, scope));
      return all === 'no' && some(match.of, (one) => evaluate(one, cells, scope)) !== 'no' ? 'maybe' : all;
    }
    case 'clock':
      return clock(match.clock, scope);
    case 'may':
      return 'maybe';
    case 'opaque': {
      const assumed = cells.assumed(match.text);
      return assumed === undefined ? 'maybe' : answerOf(assumed);
    }
  }
}

function compare(match: Match & { readonly kind: 'compare' }, cells: Cells): Answer {
  const field = fieldOf(match.left.field);
  const has = field.requires.length === 0 ? 'yes' : requirements(field, cells);
  if (has === 'no') return 'no';
  const value = readValue(match.left, cells);
  if (value === null) return answerOf(match.whenAbsent === true);
  let inside: Answer;
  if (value === undefined) {
    inside = unknownWithin(match.left, match.within, cells);
    if (match.negated) inside = not(inside);
    if (cells.isMaybeAbsent(slotFor(field, cells)) && inside !== answerOf(match.whenAbsent === true)) inside = 'maybe';
  } else {
    const holds = typeof value !== 'string' && contains(match.within, value);
    inside = answerOf(holds !== match.negated);
  }
  return has === 'maybe' && inside === 'yes' ? 'maybe' : inside;
}

function name(match: Match & { readonly kind: 'name' }, cells: Cells): Answer {
  const slot = slotOf(match.field);
  const value = rawCell(slot, cells);
  if (value === null) return answerOf(match.whenAbsent === true);
  let answer: Answer;
  if (typeof value === 'string') answer = nameAnswer(match.patterns, value);
  else
    answer = some(match.patterns, (pattern) => {
      const assumed = cells.assumed(patternAssumption(slot, pattern));
      return assumed === undefined ? 'maybe' : answerOf(assumed);
    });
  if (match.negated) answer = not(answer);
  if (value === undefined && cells.isMaybeAbsent(slot) && answer !== answerOf(match.whenAbsent === true))
    return 'maybe';
  return answer;
}

/** xt_time: UTC unless the kernel's own zone is asked for, which no dump tells. */
function clock(asked: Clock, scope: Scope): Answer {
  const { time } = scope.packet;
  if (time === undefined || asked.kernelZone) return 'maybe';
  if ((asked.dateFrom !== undefined && time < asked.dateFrom) || (asked.dateTo !== undefined && time > asked.dateTo))
    return 'no';
  const second = time % 86_400;
  let day = Math.floor(time / 86_400);
  const wraps = asked.from > asked.to;
  if (wraps ? second > asked.to && second < asked.from : second < asked.from || second > asked.to) return 'no';
  // After midnight a contiguous window still belongs to the day on which it began.
  if (wraps && asked.contiguous && second <= asked.to) day--;
  const weekday = ((day + 3) % 7) + 1;
  if (asked.weekdays !== undefined && !asked.weekdays.has(weekday)) return 'no';
  const monthday = new Date(day * 86_400_000).getUTCDate();
  return asked.monthdays !== undefined && !asked.monthdays.has(monthday) ? 'no' : 'yes';
}
