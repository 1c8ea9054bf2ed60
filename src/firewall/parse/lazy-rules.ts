import { conditionsOf } from '../index/conditions.js';
import type { Enough, Rule, RuleList } from '../ruleset.js';

/**
 * Rules as they stood in the dump, taken apart on demand. Of a hundred thousand rules a packet meets a few dozen, and
 * what was never made needs no memory and no garbage collection (measured: half the time of reading).
 */
export class LazyRules implements RuleList {
  private readonly made = new Map<number, Rule>();

  constructor(
    readonly length: number,
    private readonly make: (index: number) => Rule,
    private readonly tell?: (index: number, enough: Enough) => void,
  ) {}

  at(index: number): Rule {
    let rule = this.made.get(index);
    if (rule === undefined) {
      rule = this.peek(index);
      this.made.set(index, rule);
    }
    return rule;
  }

  peek(index: number): Rule {
    const made = this.made.get(index);
    if (made !== undefined) return made;
    if (index < 0 || index >= this.length) throw new RangeError(`rule ${index} of ${this.length}`);
    return this.make(index);
  }

  conditions(index: number, enough: Enough): void {
    if (this.tell === undefined) conditionsOf(this.peek(index)).some(enough);
    else this.tell(index, enough);
  }

  *[Symbol.iterator](): Iterator<Rule> {
    for (let i = 0; i < this.length; i++) yield this.peek(i);
  }
}
