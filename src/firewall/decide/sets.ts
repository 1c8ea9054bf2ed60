import type { Component, Element, IpSet, SetReference, Table } from '../ruleset.js';
import { IpsetIndex } from '../index/ipset-index.js';
import { fromRanges, type Intervals, type Num } from '../values/intervals.js';

/** A set or map made ready for look-ups. */
export interface ReadySet {
  readonly elements: readonly Element[];
  readonly catchAll: Element | undefined;
  /** Of one number: all elements together. */
  readonly numbers: Intervals | undefined;
  /** Of one number, each element a single value or not: where to find it. Sorted by low, disjoint as the kernel has it. */
  readonly sorted: readonly { readonly low: Num; readonly high: Num; readonly element: Element }[] | undefined;
  /** Of names and concatenations without ranges and wildcards: the element of a key. */
  readonly exact: ReadonlyMap<string, Element> | undefined;
  /** The others, to be gone through. */
  readonly loose: readonly Element[];
  /** Why a key that is not found may be in it all the same. */
  readonly unsure: string | undefined;
  readonly name: string | undefined;
}

/** Makes sets ready once, when the first packet asks for them. */
export class SetReader {
  private readonly ready = new WeakMap<object, ReadySet>();
  private readonly readyIpsets = new WeakMap<IpSet, IpsetIndex>();

  ipset(set: IpSet): IpsetIndex {
    let found = this.readyIpsets.get(set);
    if (found === undefined) {
      found = new IpsetIndex(set);
      this.readyIpsets.set(set, found);
    }
    return found;
  }

  /** Undefined when the table has no such set. */
  find(reference: SetReference, table: Table): ReadySet | undefined {
    const set = 'named' in reference ? table.sets.get(reference.named) : reference;
    if (set === undefined) return undefined;
    let found = this.ready.get(set);
    if (found === undefined) {
      found = prepare(set.elements, unsureOf(set), 'named' in reference ? reference.named : undefined);
      this.ready.set(set, found);
    }
    return found;
  }
}

function prepare(all: readonly Element[], unsure: string | undefined, name: string | undefined): ReadySet {
  const catchAll = all.find((element) => element.catchAll === true);
  const elements = all.filter((element) => element.catchAll !== true);
  const common = { elements, catchAll, unsure, name };
  const single = elements.every(({ key }) => key.length === 1 && key[0] !== undefined && 'low' in key[0]);
  if (single && elements.length > 0) {
    const sorted = elements.flatMap((element) => {
      const part = element.key[0];
      return part !== undefined && 'low' in part ? [{ low: part.low, high: part.high, element }] : [];
    });
    sorted.sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0));
    return {
      ...common,
      sorted,
      numbers: fromRanges(sorted.map(({ low, high }) => [low, high])),
      exact: undefined,
      loose: [],
    };
  }
  const exact = new Map<string, Element>();
  const loose: Element[] = [];
  for (const element of elements) {
    const key = exactKey(element.key);
    if (key === undefined) loose.push(element);
    else if (!exact.has(key)) exact.set(key, element);
  }
  return { ...common, numbers: undefined, sorted: undefined, exact, loose };
}

function exactKey(key: readonly Component[]): string | undefined {
  let text = '';
  for (const part of key) {
    if ('pattern' in part) {
      if (part.pattern.endsWith('*')) return undefined;
      text += `${part.pattern}\0`;
    } else if (part.low === part.high) text += `${part.low}\0`;
    else return undefined;
  }
  return text;
}

export function keyText(values: readonly (Num | string)[]): string {
  let text = '';
  for (const value of values) text += `${value}\0`;
  return text;
}

function unsureOf(set: object): string | undefined {
  return 'unsure' in set && typeof set.unsure === 'string' ? set.unsure : undefined;
}
