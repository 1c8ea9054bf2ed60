import type { ReferenceTry } from '../../../model/facts.js';
import type { Clock } from '../../../model/system.js';

export type TryOne = (signal: AbortSignal) => Promise<readonly ReferenceTry[]>;

export interface Race {
  readonly clock: Clock;
  /** The next candidate starts when the one before has failed, or has been silent for so many milliseconds. */
  readonly staggerMs: number;
  /** Ends the waiting: what was silent until then is a result. */
  readonly signal: AbortSignal;
}

/** Tries candidates until one is well. Those that another's success cuts off say nothing and are left out. */
export async function firstAnswer(
  candidates: readonly TryOne[],
  { clock, staggerMs, signal }: Race,
): Promise<ReferenceTry[]> {
  const done = new AbortController();
  const stop = AbortSignal.any([signal, done.signal]);
  const results: ReferenceTry[] = [];
  const running: Promise<void>[] = [];
  for (const candidate of candidates) {
    if (stop.aborted) break;
    const one = candidate(stop).then((tries) => {
      if (done.signal.aborted) return;
      results.push(...tries);
      if (tries.some(({ ok }) => ok)) done.abort();
    });
    running.push(one);
    await Promise.race([one, clock.sleep(staggerMs, stop)]);
  }
  await Promise.all(running);
  return results;
}
