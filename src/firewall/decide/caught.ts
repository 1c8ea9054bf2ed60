import { valueText } from '../match-text.js';
import type { Component, Element, ElementNotes, KeyField, Match, Rule, SetReference } from '../ruleset.js';
import { fieldOf, type ValueType } from '../values/fields.js';
import type { Num } from '../values/intervals.js';
import { type Cells } from './cells.js';
import { memberHolding } from './ipsets.js';
import { allKnown, elementFor, keyPresence, keyValues } from './lookup.js';
import type { Scope } from './scope.js';

const most = 4;

/** Parts of a rule that may ask a set. */
export const asksSet: ReadonlySet<string> = new Set(['lookup', 'ipset', 'vmap', 'merged', 'all']);

/**
 * The elements of named sets, maps and ipsets by which these rules took the packet: `198.51.100.0/24 in set blocklist (comment
 * "kids", 2 h left)`. What is not surely known is left out.
 */
export function caughtBy(rules: readonly Rule[], cells: Cells, scope: Scope): string[] {
  const found: string[] = [];
  for (const { parts } of rules) {
    for (const part of parts) {
      if (found.length === most) return found;
      if (part.kind === 'vmap') add(found, inNamed(part.key, part.map, 'map', cells, scope));
      else for (const match of conditions(part)) add(found, ofMatch(match, cells, scope));
    }
  }
  return found;
}

function add(found: string[], text: string | undefined): void {
  if (text !== undefined && found.length < most && !found.includes(text)) found.push(text);
}

/** All that had to hold; of "one of these" nobody can say which did. */
function conditions(part: Rule['parts'][number]): readonly Match[] {
  if (part.kind === 'lookup' || part.kind === 'ipset') return [part];
  return part.kind === 'merged' || (part.kind === 'all' && !part.negated) ? part.of.flatMap(conditions) : [];
}

function ofMatch(match: Match, cells: Cells, scope: Scope): string | undefined {
  if (match.kind === 'lookup') return match.negated ? undefined : inNamed(match.key, match.set, 'set', cells, scope);
  if (match.kind !== 'ipset' || match.negated || match.unsure !== undefined) return undefined;
  if (scope.isTouched(`ipset ${match.set}`)) return undefined;
  const found = memberHolding(match.set, match.directions, cells, scope);
  return found && `${found.member.text} in ipset ${found.set}${notesText(found.member.notes)}`;
}

function inNamed(
  key: readonly KeyField[],
  reference: SetReference,
  kind: 'set' | 'map',
  cells: Cells,
  scope: Scope,
): string | undefined {
  if (!('named' in reference) || keyPresence(key, cells) !== 'yes' || scope.isTouched(reference.named))
    return undefined;
  const set = scope.sets.find(reference, scope.table);
  const values = keyValues(key, cells);
  if (set === undefined || set.unsure !== undefined || !allKnown(values)) return undefined;
  const element = elementFor(values, set);
  return element && `${elementText(element, key)} in ${kind} ${reference.named}${notesText(element.notes)}`;
}

function elementText({ key, catchAll }: Element, fields: readonly KeyField[]): string {
  if (catchAll === true) return '*';
  return key.map((part, i) => componentText(part, fields[i])).join(' . ');
}

function componentText(part: Component, field: KeyField | undefined): string {
  if ('pattern' in part) return part.pattern;
  const type: ValueType = field !== undefined && 'field' in field ? fieldOf(field.field).type : 'number';
  const low = valueText(part.low, type);
  if (part.low === part.high) return low;
  const length =
    type === 'ipv4' || type === 'ipv6' ? prefixLength(part.low, part.high, type === 'ipv4' ? 32 : 128) : null;
  return length === null ? `${low}-${valueText(part.high, type)}` : `${low}/${length}`;
}

/** Null where the range is no prefix. */
function prefixLength(low: Num, high: Num, bits: number): number | null {
  const size = BigInt(high) - BigInt(low) + 1n;
  if ((size & (size - 1n)) !== 0n || BigInt(low) % size !== 0n) return null;
  return bits - (size.toString(2).length - 1);
}

function notesText({ comment, left }: ElementNotes = {}): string {
  const said = [
    comment === undefined ? '' : `comment ${JSON.stringify(comment)}`,
    left === undefined ? '' : `${duration(left)} left`,
  ];
  const text = said.filter((one) => one !== '').join(', ');
  return text === '' ? '' : ` (${text})`;
}

function duration(seconds: number): string {
  const units = [[86_400, 'days'], [3_600, 'h'], [60, 'min']] as const; // prettier-ignore
  const [size, name] = units.find(([one]) => seconds >= 2 * one) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${name}`;
}
