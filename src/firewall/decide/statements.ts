import type { Assignment, Element, Expression, FieldValue, Match, Rule, Statement, Verdict } from '../ruleset.js';
import { fieldOf, fullRange, isConnectionSlot } from '../values/fields.js';
import { fromRanges, type Num } from '../values/intervals.js';
import { assume } from './assume.js';
import { evaluate } from './evaluate.js';
import { type Cell, slots } from './cells.js';
import { allKnown, elementAnswer, elementFor, keyPresence, keyValues } from './lookup.js';
import type { Machine, Step } from './machine.js';
import { knownBits, rawCell, readValue, requirements } from './read-field.js';
import { missing } from './reasons.js';
import { carryOut } from './verdict.js';
import type { Way } from './way.js';

/** Different verdicts that one map may be asked for, when its key is not known. */
const mostVerdicts = 64;

/** A verdict map: the verdict of the element, or the end of the rule when there is none. */
export function verdictMap(machine: Machine, way: Way, rule: Rule, part: Statement & { readonly kind: 'vmap' }): Step {
  const scope = machine.scope(way);
  const set = scope.sets.find(part.map, scope.table);
  if (set === undefined) return { kind: 'unknown', why: `${part.text} (the map is not in the dump)`, way };
  const has = keyPresence(part.key, way.cells);
  if (has === 'no') return 'next rule';
  const values = keyValues(part.key, way.cells);
  const sure = set.unsure === undefined && !(set.name !== undefined && way.isTouched(set.name));
  if (has === 'yes' && allKnown(values)) {
    const element = elementFor(values, set);
    if (element?.data !== undefined && 'verdict' in element.data)
      return applied(machine, way, rule, element.data.verdict);
    if (sure) return 'next rule';
  }
  if (!sure) return { kind: 'unknown', why: `${part.text} (${set.unsure ?? 'the rules write to the map'})`, way };
  return forkByVerdict(machine, way, rule, part, set.elements, set.catchAll, values);
}

/** The verdict of a map is carried out where the map stands; what follows in the rule comes after `continue` only. */
function applied(machine: Machine, way: Way, rule: Rule, verdict: Verdict): Step {
  return carryOut(machine, way, rule, verdict);
}

function forkByVerdict(
  machine: Machine,
  way: Way,
  rule: Rule,
  part: Statement & { readonly kind: 'vmap' },
  elements: readonly Element[],
  catchAll: Element | undefined,
  values: readonly Cell[],
): Step {
  const groups = new Map<string, { readonly verdict: Verdict; readonly ranges: [Num, Num][] }>();
  const present = keyPresence(part.key, way.cells) === 'yes';
  let certain = false;
  for (const element of [...elements, ...(catchAll === undefined ? [] : [catchAll])]) {
    if (element.data === undefined || !('verdict' in element.data)) continue;
    const answer = element.catchAll === true ? 'maybe' : elementAnswer(element, part.key, values, way.cells);
    if (answer === 'no') continue;
    if (answer === 'yes' && present) certain = true;
    const { verdict } = element.data;
    const name = JSON.stringify(verdict);
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { verdict, ranges: [] }));
    const only = element.key[0];
    if (element.key.length === 1 && only !== undefined && 'low' in only) group.ranges.push([only.low, only.high]);
  }
  const first = part.key[0];
  const field =
    part.key.length === 1 && first !== undefined && 'field' in first && first.bits === undefined ? first : undefined;
  if (groups.size > mostVerdicts)
    return { kind: 'unknown', why: `${part.text} (the key is not known, and it has ${groups.size} verdicts)`, way };
  const scope = machine.scope(way);
  const keyMatch: Match = { kind: 'lookup', key: part.key, set: part.map, negated: false };
  const reason = missing(keyMatch, way.cells, scope);
  const ways: Way[] = [];
  const all: [Num, Num][] = [];
  for (const { verdict, ranges } of groups.values()) {
    const one = way.copy();
    one.because(reason);
    if (field !== undefined && ranges.length > 0 && catchAll === undefined) {
      assume({ kind: 'compare', left: field, within: fromRanges(ranges), negated: false }, true, one.cells, scope);
      all.push(...ranges);
    }
    one.pending = verdict;
    ways.push(one);
  }
  if (!certain && (catchAll === undefined || !present)) {
    way.because(reason);
    if (field !== undefined)
      assume({ kind: 'compare', left: field, within: fromRanges(all), negated: false }, false, way.cells, scope);
    way.rule = undefined;
    ways.push(way);
  }
  return ways.length === 0 ? 'next rule' : ways;
}

/** Something is written to the packet, its mark, its connection. */
export function assignment(machine: Machine, way: Way, part: Assignment): Step {
  const field = fieldOf(part.target);
  const { cells } = way;
  const has = requirements(field, cells);
  if (has === 'no') return 'next rule';
  if (has === 'maybe') {
    const present: Match = { kind: 'compare', left: { field: part.target }, within: fullRange(field), negated: false };
    return machine.fork(way, present, (one, holds) => {
      if (!holds) one.rule = undefined;
    });
  }
  // Without a connection there is nothing to write to, and the rule goes on (nft_ct_set_eval).
  if (isConnectionSlot(field.slot) && rawCell(field.slot, cells) === null) return 'on';
  const map = throughMap(machine, way, part.value);
  if (map !== 'on') return map;
  const source = part.value.kind === 'field' ? fieldOf(part.value.value.field) : undefined;
  if (source !== undefined && rawCell(source.slot, cells) === undefined && cells.isMaybeAbsent(source.slot)) {
    const present: Match = { kind: 'compare', left: { field: source.name }, within: fullRange(source), negated: false };
    return machine.fork(way, present, (one, holds) => {
      if (!holds) one.rule = undefined;
    });
  }
  const value = expressionValue(part.value, way, machine);
  if (value === 'no element') return part.lenient === true ? 'on' : 'next rule';
  write(way, field.slot, value);
  return 'on';
}

/** A value that comes from a map: without an element the rule ends, and where that is open both ways are followed. */
export function throughMap(machine: Machine, way: Way, expression: Expression): 'on' | 'next rule' | readonly Way[] {
  if (expression.kind !== 'map' || way.mapFound === way.part) return 'on';
  const lookup: Match = { kind: 'lookup', key: expression.key, set: expression.map, negated: false };
  const answer = evaluate(lookup, way.cells, machine.scope(way));
  if (answer === 'no') return 'next rule';
  if (answer === 'yes') return 'on';
  return machine.fork(way, lookup, (one, holds) => {
    if (holds) one.mapFound = one.part;
    else one.rule = undefined;
  });
}

/** An element for this packet is put into a set, which later look-ups may find. Without the whole key the rule ends. */
export function setUpdate(machine: Machine, way: Way, part: Statement & { readonly kind: 'update' }): Step {
  const has = keyPresence(part.key, way.cells);
  if (has === 'no') return 'next rule';
  if (has === 'maybe') {
    const present: Match = {
      kind: 'lookup',
      key: part.key,
      set: { elements: [{ key: [], catchAll: true }] },
      negated: false,
    };
    return machine.fork(way, present, (one, holds) => {
      if (!holds) one.rule = undefined;
    });
  }
  way.touched = { value: part.set, before: way.touched };
  way.cells.version++;
  return 'on';
}

export interface Written {
  readonly cell: Cell;
  readonly bits?: { readonly mask: number; readonly value: number };
  readonly range?: readonly [Num, Num];
}

/** Of what a description may say beside the usual: what a new address or mark makes old. Checksums cover the addresses. */
const hangsOn: ReadonlyMap<number, RegExp> = new Map([
  [slots.mark, / mark\b.* type$/],
  [slots.source, /^fib saddr | checksum$/],
  [slots.destination, /^fib daddr | checksum$/],
  [slots.sport, / checksum$/],
  [slots.dport, / checksum$/],
  [slots.ttl, /^ip checksum$/],
  [slots.dscp, /^ip checksum$/],
]);

const addressSlots: ReadonlySet<number> = new Set([slots.source, slots.destination, slots.sport, slots.dport]);

export function write(way: Way, slot: number, value: Written): void {
  if (addressSlots.has(slot)) way.rewritten = true;
  const { cells } = way;
  const absent = cells.isMaybeAbsent(slot);
  cells.write(slot, absent ? undefined : value.cell);
  if (absent) cells.maybeAbsent = new Set([...(cells.maybeAbsent ?? []), slot]);
  else if (value.cell === undefined) {
    if (value.bits !== undefined && value.bits.mask !== 0) cells.setPartial(slot, value.bits);
    if (value.range !== undefined) cells.setDomain(slot, [value.range[0], value.range[1]]);
  }
  if (slot === slots.mark) way.markChanged = true;
  const stale = hangsOn.get(slot);
  if (stale !== undefined) cells.forget(stale);
  if (slot === slots.source) cells.write(slots.sourceType, undefined);
  if (slot === slots.destination) cells.write(slots.destinationType, undefined);
}

export function expressionValue(expression: Expression, way: Way, machine: Machine): Written | 'no element' {
  switch (expression.kind) {
    case 'range':
      return expression.low === expression.high
        ? { cell: expression.low }
        : { cell: undefined, range: [expression.low, expression.high] };
    case 'field':
      return fieldValueOf(expression.value, way);
    case 'both': {
      const one = fieldValueOf(expression.values[0], way);
      const other = fieldValueOf(expression.values[1], way);
      return one === 'no element' || other === 'no element' ? 'no element' : combined(one, other, expression.operation);
    }
    case 'map':
      return mapped(expression, way, machine);
    case 'unknown':
      return { cell: undefined };
  }
}

function fieldValueOf(value: FieldValue, way: Way): Written | 'no element' {
  const cell = readValue(value, way.cells);
  // Reading what the packet has not ends the rule: the mark of a connection that does not exist.
  if (cell === null || requirements(fieldOf(value.field), way.cells) === 'no') return 'no element';
  if (typeof cell === 'number' || typeof cell === 'bigint') return { cell };
  return { cell: undefined, bits: knownBits(value, way.cells) };
}

function combined(one: Written, other: Written, operation: '|' | '^'): Written {
  const bits = (part: Written): { readonly mask: number; readonly value: number } =>
    typeof part.cell === 'number' ? { mask: 0xffffffff, value: part.cell } : (part.bits ?? { mask: 0, value: 0 });
  const [a, b] = [bits(one), bits(other)];
  const value = (operation === '|' ? a.value | b.value : a.value ^ b.value) >>> 0;
  const mask =
    operation === '|' ? ((a.mask & b.mask) | (a.mask & a.value) | (b.mask & b.value)) >>> 0 : (a.mask & b.mask) >>> 0;
  return mask === 0xffffffff ? { cell: value } : { cell: undefined, bits: { mask, value: (value & mask) >>> 0 } };
}

/** One value of the element that the key finds. Where the key is not known, any of them, or none. */
function mapped(expression: Expression & { readonly kind: 'map' }, way: Way, machine: Machine): Written | 'no element' {
  const scope = machine.scope(way);
  const set = scope.sets.find(expression.map, scope.table);
  const values = keyValues(expression.key, way.cells);
  if (set === undefined || !allKnown(values)) return { cell: undefined };
  const element = elementFor(values, set);
  if (element === undefined) return set.unsure === undefined ? 'no element' : { cell: undefined };
  const part =
    element.data !== undefined && 'values' in element.data ? element.data.values[expression.part] : undefined;
  if (part === undefined || !('low' in part)) return { cell: undefined };
  return part.low === part.high ? { cell: part.low } : { cell: undefined, range: [part.low, part.high] };
}
