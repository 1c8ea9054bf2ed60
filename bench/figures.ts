// From timings to figures: medians, ratios, and whether the aims are met.
import type { Identity } from './options.js';
import type { Timing } from './runner.js';
import { aimMemory, type Situation } from './situations.js';

export interface Figure {
  readonly name: string;
  readonly runs: number;
  readonly medianMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  /** This one's median by the command's: above 1 the command is the faster one. */
  readonly timesSlower: number;
  readonly missing: readonly string[];
  readonly exits: readonly (number | null)[];
  readonly cut: boolean;
  readonly memoryBytes: number | null;
}

export interface SituationFigures {
  readonly situation: string;
  readonly title: string;
  readonly as: Identity;
  readonly cause: string;
  readonly certainty: string;
  readonly rightAnswer: boolean;
  readonly aimMs: number;
  readonly aimMet: boolean;
  readonly memoryAimBytes: number;
  readonly memoryAimMet: boolean;
  readonly figures: readonly Figure[];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function figuresOf(situation: Situation, as: Identity, timings: readonly Timing[]): SituationFigures {
  const own = timings[0];
  const ownMedian = median(own?.ms ?? []);
  const { cause, certainty } = answerOf(own?.stdout ?? '');
  return {
    situation: situation.id,
    title: situation.title,
    as,
    cause,
    certainty,
    rightAnswer: situation.causes.includes(cause),
    aimMs: situation.aimMs,
    aimMet: ownMedian <= situation.aimMs,
    memoryAimBytes: aimMemory,
    memoryAimMet: own?.memory !== null && own?.memory !== undefined && own.memory <= aimMemory,
    figures: timings.map((timing) => ({
      name: timing.name,
      runs: timing.ms.length,
      medianMs: median(timing.ms),
      leastMs: Math.min(...timing.ms),
      mostMs: Math.max(...timing.ms),
      timesSlower: Number((median(timing.ms) / ownMedian).toPrecision(3)),
      missing: timing.missing,
      exits: timing.exits,
      cut: timing.cut,
      memoryBytes: timing.memory,
    })),
  };
}

function answerOf(stdout: string): { cause: string; certainty: string } {
  try {
    const { verdict } = JSON.parse(stdout) as { verdict: { cause: string; certainty: string } };
    return { cause: verdict.cause, certainty: verdict.certainty };
  } catch {
    return { cause: 'no report', certainty: '' };
  }
}
