/** A small generator of numbers that gives the same ones for the same seed everywhere (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** 0 to below `top`. */
  below(top: number): number {
    return Math.floor(this.next() * top);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new RangeError('nothing to pick from');
    return one;
  }

  /** Some of them, at least one, in their order. */
  some<T>(list: readonly T[], most = list.length): T[] {
    const count = 1 + this.below(Math.min(most, list.length));
    const left = [...list];
    const out: T[] = [];
    for (let i = 0; i < count; i++) out.push(...left.splice(this.below(left.length), 1));
    return out;
  }
}
