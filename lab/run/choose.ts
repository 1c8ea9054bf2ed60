// Which scenarios run, and in which order: the same for the same seed on every machine.
import type { Scenario } from '../scenario.js';

/** mulberry32: a small seeded generator, good enough to shuffle with. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = state;
    word = Math.imul(word ^ (word >>> 15), word | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffle<T>(items: readonly T[], seed: number): T[] {
  const next = generator(seed);
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    const held = shuffled[last] as T;
    shuffled[last] = shuffled[other] as T;
    shuffled[other] = held;
  }
  return shuffled;
}

export function choose(
  all: readonly Scenario[],
  pattern: string,
  slice: { part: number; of: number } | null,
  seed: number,
): Scenario[] {
  const nameOf = (scenario: Scenario): string => `${scenario.side}/${scenario.id}`;
  const exact = all.filter((scenario) => nameOf(scenario) === pattern);
  const matching = exact.length > 0 ? exact : all.filter((scenario) => nameOf(scenario).includes(pattern));
  if (slice === null) return matching;
  return shuffle(matching, seed).filter((_, index) => index % slice.of === slice.part - 1);
}
