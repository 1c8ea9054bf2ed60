import type { IpSet, IpSetMember } from '../ruleset.js';
import type { Num } from '../values/intervals.js';
import { NumberIndex, type Places } from './number-index.js';

/** The members of an ipset by their first address or port: block lists have tens of thousands of them. */
export class IpsetIndex {
  /** Which part of the members is indexed; −1 when none is a number. */
  readonly part: number;
  private readonly numbers = new NumberIndex();

  constructor(private readonly set: IpSet) {
    const kinds = set.members[0]?.parts.map((part) => part.kind) ?? [];
    this.part = kinds.findIndex((kind) => kind === 'address' || kind === 'port');
    if (this.part < 0) return;
    for (const [place, { parts }] of set.members.entries()) {
      const part = parts[this.part];
      if (part?.kind === 'address' || part?.kind === 'port') this.numbers.add([part.low, part.high], place);
    }
  }

  /** The members that can hold the value. */
  candidates(value: Num): IpSetMember[] {
    const lists: Places[] = [];
    this.numbers.find(value, lists);
    return lists.flat().flatMap((place) => this.set.members[place] ?? []);
  }
}
