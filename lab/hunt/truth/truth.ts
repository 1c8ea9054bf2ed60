// What a case's right answers are, by what was seen; never by what was meant.
import type { Culprit } from '../../../src/model/words.js';

/** Says what is wrong with a culprit, or null. */
export type CulpritCheck = (culprit: Culprit | undefined) => string | null;

export interface Right {
  readonly cause: string;
  readonly culprit?: CulpritCheck;
}

export interface Explanation {
  /** The cause by which the case is counted. */
  readonly primary: string;
  /** Answers that are true. */
  readonly right: readonly Right[];
  /**
   * Causes that send the device the very same packets: at that position nobody can tell them from the true one, so
   * `likely` is the most that either of them may be called, and "cannot be told" with the true one among them is right.
   */
  readonly alike: readonly string[];
  readonly happened: readonly string[];
}

export interface Truth extends Explanation {
  /** Outcomes of which one is right. */
  readonly outcomes: readonly ('reachable' | 'degraded' | 'failed')[];
}

export function explain(
  primary: string,
  happened: string,
  more: { also?: readonly string[]; culprit?: CulpritCheck; alike?: readonly string[] } = {},
): Explanation {
  const own: Right = { cause: primary, ...(more.culprit ? { culprit: more.culprit } : {}) };
  return {
    primary,
    right: [own, ...(more.also ?? []).map((cause) => ({ cause }))],
    alike: more.alike ?? [],
    happened: [happened],
  };
}

/** Several that are true at once: the first counts. */
export function together(explanations: readonly Explanation[]): Explanation {
  const [first] = explanations;
  if (!first) throw new Error('nothing to explain');
  return {
    primary: first.primary,
    right: explanations.flatMap(({ right }) => right),
    alike: [...new Set(explanations.flatMap(({ alike }) => alike))],
    happened: [...new Set(explanations.flatMap(({ happened }) => happened))],
  };
}

/** The culprit's address, where one is given, must be one of these. */
export function addressIn(addresses: readonly string[]): CulpritCheck {
  return (culprit) =>
    culprit?.address === undefined || addresses.includes(culprit.address)
      ? null
      : `${culprit.address} is none of ${addresses.join(', ')}`;
}
