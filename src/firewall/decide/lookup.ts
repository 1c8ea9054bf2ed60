import type { Component, Element, FieldValue, KeyField, Match } from '../ruleset.js';
import { type Field, fieldOf, slotOf } from '../values/fields.js';
import { type Num, range } from '../values/intervals.js';
import { type Answer, answerOf, not } from './answer.js';
import { type Cell, type Cells } from './cells.js';
import { nameMatches, patternAssumption } from './names.js';
import { rawCell, readValue, requirements, slotFor, unknownWithin } from './read-field.js';
import type { Scope } from './scope.js';
import { keyText, type ReadySet } from './sets.js';

/** More elements than this are not gone through one by one for a packet that is not fully known. */
const mostTried = 20_000;

export function lookupAnswer(match: Match & { readonly kind: 'lookup' }, cells: Cells, scope: Scope): Answer {
  const has = keyPresence(match.key, cells);
  if (has === 'no') return 'no';
  const set = scope.sets.find(match.set, scope.table);
  let answer: Answer = 'maybe';
  if (set !== undefined) {
    answer = member(match.key, set, cells);
    if (answer === 'no' && set.unsure !== undefined) answer = 'maybe';
    if (set.name !== undefined && scope.isTouched(set.name)) answer = 'maybe';
  }
  if (answer === 'maybe') {
    const assumed = cells.assumed(lookupAssumption(match));
    if (assumed !== undefined) answer = answerOf(assumed);
  }
  if (match.negated) answer = not(answer);
  return has === 'maybe' && answer === 'yes' ? 'maybe' : answer;
}

/** Two look-ups that ask the same get the same answer. */
export function lookupAssumption(match: Match & { readonly kind: 'lookup' }): string {
  const set =
    'named' in match.set
      ? match.set.named
      : JSON.stringify(match.set.elements, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  return `${match.key.map((part) => ('name' in part ? part.name : `${part.field}${JSON.stringify(part.bits ?? '')}`)).join(' . ')} in ${set}`;
}

/** Whether the packet has all that the key is made of. */
export function keyPresence(key: readonly KeyField[], cells: Cells): Answer {
  let result: Answer = 'yes';
  for (const part of key) {
    let has: Answer = 'yes';
    let slot: number;
    if ('name' in part) slot = slotOf(part.name);
    else {
      const field: Field = fieldOf(part.field);
      has = requirements(field, cells);
      slot = slotFor(field, cells);
    }
    if (has === 'no' || rawCell(slot, cells) === null) return 'no';
    if (has === 'maybe' || (rawCell(slot, cells) === undefined && cells.isMaybeAbsent(slot))) result = 'maybe';
  }
  return result;
}

/** The values of the key's fields; undefined where one is not known. */
export function keyValues(key: readonly KeyField[], cells: Cells): Cell[] {
  return key.map((part) => ('name' in part ? rawCell(slotOf(part.name), cells) : readValue(part, cells)));
}

export function allKnown(values: readonly Cell[]): values is (Num | string)[] {
  return values.every((value) => value !== undefined && value !== null);
}

/** The element that a known key finds. */
export function elementFor(values: readonly (Num | string)[], set: ReadySet): Element | undefined {
  const first = values[0];
  if (set.sorted !== undefined) {
    return values.length === 1 && first !== undefined && typeof first !== 'string'
      ? (atNumber(first, set.sorted) ?? set.catchAll)
      : set.catchAll;
  }
  const found = set.exact?.get(keyText(values));
  if (found !== undefined) return found;
  return set.loose.find((element) => fits(element, values)) ?? set.catchAll;
}

function atNumber(value: Num, sorted: NonNullable<ReadySet['sorted']>): Element | undefined {
  let left = 0;
  let right = sorted.length;
  while (left < right) {
    const middle = (left + right) >> 1;
    if ((sorted[middle]?.low ?? 0) <= value) left = middle + 1;
    else right = middle;
  }
  const candidate = sorted[left - 1];
  return candidate !== undefined && candidate.high >= value ? candidate.element : undefined;
}

function fits(element: Element, values: readonly (Num | string)[]): boolean {
  return (
    element.key.length === values.length &&
    element.key.every((part, i) => {
      const value = values[i];
      if (value === undefined) return false;
      if ('pattern' in part) return typeof value === 'string' && nameMatches(part.pattern, value);
      return typeof value !== 'string' && value >= part.low && value <= part.high;
    })
  );
}

function member(key: readonly KeyField[], set: ReadySet, cells: Cells): Answer {
  if (set.catchAll !== undefined) return 'yes';
  const values = keyValues(key, cells);
  if (allKnown(values)) return answerOf(elementFor(values, set) !== undefined);
  const only = key[0];
  if (key.length === 1 && only !== undefined && 'field' in only && set.numbers !== undefined)
    return unknownWithin(only, set.numbers, cells);
  if (set.elements.length > mostTried) return 'maybe';
  let result: Answer = 'no';
  for (const element of set.elements) {
    const answer = elementAnswer(element, key, values, cells);
    if (answer === 'yes') return 'yes';
    if (answer === 'maybe') result = 'maybe';
  }
  return result;
}

/** Whether one element is what the key, as far as it is known, looks for. */
export function elementAnswer(
  element: Element,
  key: readonly KeyField[],
  values: readonly Cell[],
  cells: Cells,
): Answer {
  if (element.key.length !== key.length) return 'no';
  let result: Answer = 'yes';
  for (const [i, part] of element.key.entries()) {
    const answer = componentAnswer(part, key[i], values[i], cells);
    if (answer === 'no') return 'no';
    if (answer === 'maybe') result = 'maybe';
  }
  return result;
}

function componentAnswer(part: Component, field: KeyField | undefined, value: Cell, cells: Cells): Answer {
  if (field === undefined || value === null) return 'no';
  if ('pattern' in part) {
    if (typeof value === 'string') return answerOf(nameMatches(part.pattern, value));
    const assumed = 'name' in field ? cells.assumed(patternAssumption(slotOf(field.name), part.pattern)) : undefined;
    return assumed === undefined ? 'maybe' : answerOf(assumed);
  }
  if (value === undefined) return unknownWithin(field as FieldValue, range(part.low, part.high), cells);
  return answerOf(typeof value !== 'string' && value >= part.low && value <= part.high);
}
