// Figures over many cases.
import { certainties, type Certainty } from '../../../src/model/words.js';
import type { Score } from './score.js';

/** One case, as it is kept. */
export interface CaseRecord {
  readonly seed: number;
  readonly number: number;
  readonly as: 'root' | 'user';
  readonly truth: string;
  /** Others send the very same packets. */
  readonly alike: boolean;
  readonly cause: string;
  readonly certainty: Certainty;
  /** `operation/code` of the attempt that the verdict speaks of; `none` where nothing failed. */
  readonly symptom: string;
  readonly first: string;
  readonly score: Score;
  readonly sure: boolean;
  readonly why: string;
  readonly faults: readonly string[];
  readonly ms: number;
}

export interface Figures {
  readonly cases: number;
  readonly top1: number;
  readonly right: number;
  readonly open: number;
  readonly alike: number;
  readonly undecided: number;
  readonly wrong: number;
  readonly wrongAndSure: readonly number[];
  readonly times: { readonly median: number; readonly ninetyFifth: number };
  readonly certainties: readonly { readonly certainty: Certainty; readonly cases: number; readonly right: number }[];
  readonly confusion: readonly { readonly truth: string; readonly said: string; readonly count: number }[];
}

export const good = ({ score }: CaseRecord): boolean => score === 'right' || score === 'open' || score === 'alike';

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function figuresOf(records: readonly CaseRecord[]): Figures {
  const count = (score: Score): number => records.filter((record) => record.score === score).length;
  const times = records.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const confused = new Map<string, number>();
  for (const record of records) {
    if (good(record)) continue;
    const key = `${record.truth}\n${record.cause} ${record.certainty}`;
    confused.set(key, (confused.get(key) ?? 0) + 1);
  }
  return {
    cases: records.length,
    top1: records.filter(good).length,
    right: count('right'),
    open: count('open'),
    alike: count('alike'),
    undecided: count('undecided'),
    wrong: count('wrong') + count('no report'),
    wrongAndSure: records.filter(({ score, sure }) => score === 'wrong' && sure).map(({ number }) => number),
    times: { median: percentile(times, 0.5), ninetyFifth: percentile(times, 0.95) },
    certainties: certainties.toReversed().flatMap((certainty) => {
      const named = records.filter((record) => record.certainty === certainty && record.cause !== 'undetermined');
      return named.length === 0 ? [] : [{ certainty, cases: named.length, right: named.filter(good).length }];
    }),
    confusion: [...confused]
      .map(([key, times]) => {
        const [truth = '', said = ''] = key.split('\n');
        return { truth, said, count: times };
      })
      .toSorted((a, b) => b.count - a.count),
  };
}
