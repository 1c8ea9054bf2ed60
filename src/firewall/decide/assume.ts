import type { FieldValue, Match } from '../ruleset.js';
import { type Field, fieldOf, fullRange, slotOf } from '../values/fields.js';
import { contains, intersect, type Intervals, isEmpty, onlyMember, without } from '../values/intervals.js';
import { type Cells, slots } from './cells.js';
import { readValue, requirements, slotFor, rawCell } from './read-field.js';
import { settleConnection } from './initial.js';
import { ipsetAssumption } from './ipsets.js';
import { isWildcard, patternAssumption } from './names.js';
import { lookupAssumption } from './lookup.js';
import type { Scope } from './scope.js';

/**
 * Narrows what the packet can still be, after a match that could go either way was taken to hold or not. Assuming less
 * than one could is safe: then an answer may be unknown that need not be, but none becomes wrong.
 */
export function assume(match: Match, holds: boolean, cells: Cells, scope: Scope): void {
  switch (match.kind) {
    case 'compare':
      return assumeCompare(match, holds, cells);
    case 'name':
      return assumeName(match, holds, cells);
    case 'lookup': {
      const set = scope.sets.find(match.set, scope.table);
      const only = match.key.length === 1 ? match.key[0] : undefined;
      const isSure =
        set !== undefined &&
        set.unsure === undefined &&
        set.catchAll === undefined &&
        !(set.name !== undefined && scope.isTouched(set.name));
      if (isSure && set.numbers !== undefined && only !== undefined && 'field' in only) {
        return assumeCompare(
          { kind: 'compare', left: only, within: set.numbers, negated: match.negated },
          holds,
          cells,
        );
      }
      if (holds) {
        for (const one of match.key) {
          if ('field' in one) for (const { slot, within } of fieldOf(one.field).requires) narrow(slot, within, cells);
        }
      }
      // Without all parts of the key the match fails whatever the set holds.
      if (holds || only === undefined || 'name' in only || requirements(fieldOf(only.field), cells) === 'yes')
        cells.assume(lookupAssumption(match), holds !== match.negated);
      return;
    }
    case 'ipset':
      return cells.assume(ipsetAssumption(match), holds !== match.negated);
    case 'all':
      if (holds && !match.negated) for (const one of match.of) assume(one, true, cells, scope);
      return;
    case 'any':
      if (holds === match.negated) for (const one of match.of) assume(one, false, cells, scope);
      return;
    case 'opaque':
      return cells.assume(match.text, holds);
    case 'merged':
    case 'clock':
    case 'may':
  }
}

function assumeCompare(match: Match & { readonly kind: 'compare' }, holds: boolean, cells: Cells): void {
  const field = fieldOf(match.left.field);
  const has = requirements(field, cells);
  if (holds) for (const { slot, within } of field.requires) narrow(slot, within, cells);
  else if (has !== 'yes') {
    // It fails for want of the header, or because of the value. Where only the header is open, it is the header.
    const only = field.requires.length === 1 ? field.requires[0] : undefined;
    const value = readValue(match.left, cells);
    const isNumber = typeof value === 'number' || typeof value === 'bigint';
    const wouldHold = isNumber && contains(match.within, value) !== match.negated;
    if (only !== undefined && wouldHold && has === 'maybe') exclude(only.slot, only.within, cells);
    return;
  }
  const slot = slotFor(field, cells);
  if (rawCell(slot, cells) !== undefined || field.fresh) return;
  const absentAnswer = match.whenAbsent === true;
  if (cells.isMaybeAbsent(slot)) {
    if (absentAnswer === holds) return;
    cells.maybeAbsent = new Set([...(cells.maybeAbsent ?? [])].filter((one) => one !== slot));
  }
  const inside = holds !== match.negated;
  if (match.left.bits !== undefined) return assumeBits(match.left, field, slot, match.within, inside, cells);
  const within =
    field.plus === 0 ? match.within : match.within.map((edge) => (typeof edge === 'bigint' ? edge : edge - field.plus));
  if (inside) narrow(slot, within, cells, field);
  else exclude(slot, within, cells, field);
}

function fieldless(slot: number, field: Field | undefined): Intervals {
  if (field !== undefined) return fullRange(field);
  return slot === slots.protocol || slot === slots.family || slot === slots.icmpType ? [0, 255] : [0, 0xffffffff];
}

function narrow(slot: number, within: Intervals, cells: Cells, field?: Field): void {
  if (rawCell(slot, cells) !== undefined) return;
  settle(slot, intersect(cells.domain(slot) ?? fieldless(slot, field), within), cells);
}

function exclude(slot: number, within: Intervals, cells: Cells, field?: Field): void {
  if (rawCell(slot, cells) !== undefined) return;
  settle(slot, without(cells.domain(slot) ?? fieldless(slot, field), within), cells);
}

function settle(slot: number, domain: Intervals, cells: Cells): void {
  if (isEmpty(domain)) return;
  // One bit at a time is all that a state can be.
  const possible = slot === slots.ctState ? intersect(domain, [1, 2, 4, 4, 8, 8, 64, 64]) : domain;
  const value = onlyMember(possible);
  if (value === undefined) return cells.setDomain(slot, possible);
  cells.values[slot] = value;
  cells.domains?.delete(slot);
  cells.version++;
  if (slot === slots.ctState) settleConnection(cells);
}

/** `mark & 0xff == 1` tells eight bits of the mark; `mark & 0x10 != 0` tells one. */
function assumeBits(
  left: FieldValue,
  field: Field,
  slot: number,
  within: Intervals,
  inside: boolean,
  cells: Cells,
): void {
  const only = onlyMember(within);
  const [operation, more] = left.bits ?? [];
  if (typeof only !== 'number' || operation?.operation !== '&' || more !== undefined || field.bits > 32) return;
  const mask = Number(operation.operand) >>> 0;
  if (slot === slots.ctState) return assumeState(mask, only, inside, cells);
  const isOneBit = (mask & (mask - 1)) === 0;
  if (!inside && !isOneBit) return;
  const known = cells.partial?.get(slot) ?? { mask: 0, value: 0 };
  const value = inside ? only : (only ^ mask) >>> 0;
  cells.setPartial(slot, { mask: (known.mask | mask) >>> 0, value: ((known.value & ~mask) | (value & mask)) >>> 0 });
}

function assumeState(mask: number, only: number, inside: boolean, cells: Cells): void {
  const fitting: number[] = [];
  for (const state of [1, 2, 4, 8, 64]) if (((state & mask) === only) === inside) fitting.push(state, state);
  settle(slots.ctState, intersect(cells.domain(slots.ctState) ?? [1, 1, 2, 2, 4, 4, 8, 8, 64, 64], fitting), cells);
}

function assumeName(match: Match & { readonly kind: 'name' }, holds: boolean, cells: Cells): void {
  const slot = slotOf(match.field);
  if (rawCell(slot, cells) !== undefined) return;
  if (cells.isMaybeAbsent(slot)) {
    if ((match.whenAbsent === true) === holds) return;
    cells.maybeAbsent = new Set([...(cells.maybeAbsent ?? [])].filter((one) => one !== slot));
  }
  const inside = holds !== match.negated;
  const only = match.patterns.length === 1 ? match.patterns[0] : undefined;
  if (inside && only !== undefined && !isWildcard(only)) {
    cells.values[slot] = only.endsWith('\\*') ? `${only.slice(0, -2)}*` : only;
    cells.version++;
  } else if (inside && only !== undefined) cells.assume(patternAssumption(slot, only), true);
  else if (!inside) for (const pattern of match.patterns) cells.assume(patternAssumption(slot, pattern), false);
}
