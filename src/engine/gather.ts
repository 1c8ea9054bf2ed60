import type { Facts } from '../model/facts.js';
import { Gathering } from './gathering.js';
import type { GatheringInput } from './gathering-input.js';
import type { Catalogue } from './hear.js';
import { assess, type Assessment } from './judge.js';
import { isPlainSuccess } from './plain-success.js';

export interface GatherInput extends GatheringInput {
  readonly catalogue: () => Promise<Catalogue>;
  /** Whether a cause may have something to say although nothing failed. Must be cheap: a short diagnosis waits for it. */
  readonly worthTelling?: (facts: Facts) => Promise<boolean>;
}

/** A bound: each round asks for what the facts of the one before made a cause miss. */
const mostRounds = 12;

/** A round that takes longer waits for the network: what else will be asked for need not wait for its end. */
const shortRoundMs = 30;

/**
 * Runs base gatherers as soon as what they need is there, lets the causes judge, pulls what they miss, cheapest first,
 * until nothing that can be had would change the verdict or the time is up.
 */
export async function gather(input: GatherInput): Promise<{ facts: Facts; assessment: Assessment | null }> {
  const run = new Gathering(input);
  try {
    await run.base();
    await run.lateEnded();
    run.beginEarly();
    await run.breathe();
    let assessment: Assessment | null = null;
    for (let round = 0; round < mostRounds; round++) {
      if (isPlainSuccess(run.facts) && !(await input.worthTelling?.(run.facts))) break;
      const [catalogue] = await Promise.all([input.catalogue(), ...(round === 0 ? [run.earlyIn()] : [])]);
      const known = run.settledFacts;
      assessment = assess(run.facts, catalogue);
      if (input.signal.aborted) break;
      // What is loaded already goes first: the rest is loaded while that waits for the network.
      const first = run.obtainable(assessment.missing);
      const pulled = run.pull(first);
      if (first.length > 0) await run.breathe();
      await run.loadMore();
      const wanted = run.wanted(assessment);
      await meanwhile(Promise.all([pulled, run.pull(wanted)]), run, catalogue, input);
      // What was begun early may have come in meanwhile: then it is judged once more.
      if (first.length + wanted.length === 0 && run.settledFacts === known) break;
    }
    return { facts: run.facts, assessment };
  } finally {
    run.end();
  }
}

/** While a round goes on: what its first facts make a cause miss is begun, where that disturbs nothing. */
async function meanwhile(
  round: Promise<unknown>,
  run: Gathering,
  catalogue: Catalogue,
  { system, signal }: GatherInput,
): Promise<void> {
  const over = new AbortController();
  const ended = round.finally(() => over.abort());
  await Promise.race([ended, system.clock.sleep(shortRoundMs, AbortSignal.any([over.signal, signal]))]);
  for (let again = 0; again < mostRounds && run.hasApart && !over.signal.aborted && !signal.aborted; again++) {
    void run.pull(run.apart(assess(run.facts, catalogue).missing));
    await Promise.race([ended, run.oneMoreFact()]);
  }
  await ended;
}
