import { type Cells } from '../decide/cells.js';
import type { Cursor } from '../decide/finder.js';
import { rawCell } from '../decide/read-field.js';
import type { Chain, Condition, Match } from '../ruleset.js';
import { NameIndex } from './name-index.js';
import { NumberIndex, type Places } from './number-index.js';

export type SetTest = (match: Match, cells: Cells) => boolean;

interface SetGroup {
  readonly match: Match;
  readonly places: Places;
}

/** A condition that so few other rules share is good enough: the rest of the rule need not be read. */
const fewOthers = 3;

/**
 * The rules of one chain, each under the one of its conditions that fewest others share. A packet then looks only at
 * the rules that its own address, port, interface or set membership leads to, and at those that ask for none of these.
 */
export class ChainIndex {
  private readonly numbers = new Map<number, NumberIndex>();
  private readonly names = new Map<number, NameIndex>();
  private readonly sets = new Map<string, SetGroup>();
  private readonly rest: Places = [];

  constructor(chain: Chain) {
    const { rules } = chain;
    let best: Condition | undefined;
    let lowest = Infinity;
    const isEnough = (condition: Condition): boolean => {
      const cost = this.cost(condition);
      if (cost < lowest) {
        lowest = cost;
        best = condition;
      }
      return lowest <= fewOthers;
    };
    for (let place = 0; place < rules.length; place++) {
      best = undefined;
      lowest = Infinity;
      rules.conditions(place, isEnough);
      this.add(best, place);
    }
  }

  private add(best: Condition | undefined, place: number): void {
    if (best === undefined) this.rest.push(place);
    else this.insert(best, place);
  }

  private cost(condition: Condition): number {
    switch (condition.kind) {
      case 'number':
        return condition.within.length > 128 ? 1000 : (this.numbers.get(condition.slot)?.cost(condition.within) ?? 0);
      case 'name':
        // There are few interfaces: a name that nobody has used yet will be used again.
        return 4 + (this.names.get(condition.slot)?.cost(condition.patterns) ?? 0);
      case 'set':
        return 2 + (this.sets.get(keyOf(condition.match))?.places.length ?? 0);
    }
  }

  private insert(condition: Condition, place: number): void {
    if (condition.kind === 'number') {
      let index = this.numbers.get(condition.slot);
      if (index === undefined) this.numbers.set(condition.slot, (index = new NumberIndex()));
      index.add(condition.within, place);
    } else if (condition.kind === 'name') {
      let index = this.names.get(condition.slot);
      if (index === undefined) this.names.set(condition.slot, (index = new NameIndex()));
      index.add(condition.patterns, place);
    } else {
      const key = keyOf(condition.match);
      const group = this.sets.get(key);
      if (group === undefined) this.sets.set(key, { match: condition.match, places: [place] });
      else group.places.push(place);
    }
  }

  cursor(cells: Cells, mayBeIn: SetTest): Cursor {
    const lists: Places[] = [];
    if (this.rest.length > 0) lists.push(this.rest);
    for (const [slot, index] of this.numbers) {
      const value = rawCell(slot, cells);
      if (typeof value === 'number' || typeof value === 'bigint') index.find(value, lists);
      else if (value === undefined) lists.push(index.all);
    }
    for (const [slot, index] of this.names) {
      const value = rawCell(slot, cells);
      if (typeof value === 'string') index.find(value, lists);
      else if (value === undefined) lists.push(index.all);
    }
    for (const { match, places } of this.sets.values()) if (mayBeIn(match, cells)) lists.push(places);
    return new MergingCursor(lists, cells.version);
  }
}

/** Look-ups that ask the same of the packet share a group. */
function keyOf(match: Match): string {
  if (match.kind === 'ipset') return `ipset ${match.set} ${match.directions.join()} ${match.unsure ?? ''}`;
  if (match.kind !== 'lookup') return '';
  const set = 'named' in match.set ? match.set.named : elementsText(match.set.elements);
  return `${match.key.map((part) => ('name' in part ? part.name : `${part.field}${JSON.stringify(part.bits ?? '', numbersToText)}`)).join(' . ')} in ${set}`;
}

function elementsText(elements: readonly unknown[]): string {
  return JSON.stringify(elements, numbersToText);
}

function numbersToText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value;
}

/** Goes through several rising lists at once. */
class MergingCursor implements Cursor {
  private readonly at: number[];

  constructor(
    private readonly lists: readonly Places[],
    readonly version: number,
  ) {
    this.at = lists.map(() => 0);
  }

  next(from: number): number {
    let lowest = -1;
    for (let i = 0; i < this.lists.length; i++) {
      const list = this.lists[i] as Places;
      let at = this.at[i] as number;
      if (at < list.length && (list[at] as number) < from) at = firstFrom(list, at, from);
      this.at[i] = at;
      const place = list[at];
      if (place !== undefined && (lowest < 0 || place < lowest)) lowest = place;
    }
    return lowest;
  }
}

/** Mostly the very next one; a list that lags far behind is searched by halves. */
function firstFrom(list: Places, at: number, from: number): number {
  if ((list[at + 1] ?? Infinity) >= from) return at + 1;
  let left = at;
  let right = list.length;
  while (left < right) {
    const middle = (left + right) >> 1;
    if ((list[middle] as number) < from) left = middle + 1;
    else right = middle;
  }
  return left;
}
