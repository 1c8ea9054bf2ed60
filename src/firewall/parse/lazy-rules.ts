import type { Rule, RuleList } from '../ruleset.js';

/**
 * Rules as they stood in the dump, taken apart on demand. Of a hundred thousand rules a packet meets a few dozen, and
 * what was never made needs no memory and no garbage collection (measured: half the time of reading).
 */
export class LazyRules<Source> implements RuleList {
  private readonly made: (Rule | undefined)[] = [];

  constructor(
    private readonly sources: readonly Source[],
    private readonly make: (source: Source, index: number) => Rule,
  ) {}

  get length(): number {
    return this.sources.length;
  }

  at(index: number): Rule {
    let rule = this.made[index];
    if (rule === undefined) {
      rule = this.peek(index);
      this.made[index] = rule;
    }
    return rule;
  }

  peek(index: number): Rule {
    const made = this.made[index];
    if (made !== undefined) return made;
    const source = this.sources[index];
    if (source === undefined) throw new RangeError(`rule ${index} of ${this.sources.length}`);
    return this.make(source, index);
  }

  *[Symbol.iterator](): Iterator<Rule> {
    for (let i = 0; i < this.sources.length; i++) yield this.peek(i);
  }
}
