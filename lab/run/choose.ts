// Which scenarios run, and in which order: the same for the same seed on every machine.
import { Random } from '../firewall/random.js';
import type { Scenario } from '../scenario.js';

export function shuffle<T>(items: readonly T[], seed: number): T[] {
  const random = new Random(seed);
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const held = shuffled[last] as T;
    shuffled[last] = shuffled[other] as T;
    shuffled[other] = held;
  }
  return shuffled;
}

export interface Slice {
  readonly part: number;
  readonly of: number;
}

/** `2/5`; throws on anything else. */
export function sliceOf(text: string | undefined): Slice | null {
  if (text === undefined) return null;
  const [, part, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (part === undefined || of === undefined) throw new Error('--slice wants K/N');
  if (part < 1 || part > of) throw new Error('--slice wants 1 ≤ K ≤ N');
  return { part, of };
}

/** That part of them, as the seed deals them; all of them without a slice. */
export function takeSlice<T>(all: readonly T[], slice: Slice | null, seed: number): T[] {
  if (slice === null) return [...all];
  return shuffle(all, seed).filter((_, index) => index % slice.of === slice.part - 1);
}

export function choose(all: readonly Scenario[], pattern: string, slice: Slice | null, seed: number): Scenario[] {
  const nameOf = (scenario: Scenario): string => `${scenario.side}/${scenario.id}`;
  const exact = all.filter((scenario) => nameOf(scenario) === pattern);
  const matching = exact.length > 0 ? exact : all.filter((scenario) => nameOf(scenario).includes(pattern));
  return takeSlice(matching, slice, seed);
}
