import type { Failure } from './failure.js';

/**
 * How a fact arrives. "Not measured" never looks like "fine" or "broken".
 * `at` is in milliseconds since the diagnosis began, `ms` is how long the measurement took.
 */
export type Observed<T> =
  | { readonly state: 'known'; readonly value: T; readonly at: number; readonly ms: number; readonly source: string }
  | {
      readonly state: 'failed';
      readonly failure: Failure;
      readonly at: number;
      readonly ms: number;
      readonly source: string;
    }
  | { readonly state: 'skipped'; readonly why: string };

/** What a gatherer returns: the engine adds the times. */
export type Measured<T> =
  | { readonly state: 'known'; readonly value: T; readonly source: string }
  | { readonly state: 'failed'; readonly failure: Failure; readonly source: string }
  | { readonly state: 'skipped'; readonly why: string };

export function known<T>(value: T, source: string): Measured<T> {
  return { state: 'known', value, source };
}

export function failed(failure: Failure, source: string): Measured<never> {
  return { state: 'failed', failure, source };
}

export function skipped(why: string): Measured<never> {
  return { state: 'skipped', why };
}

/** The value of a fact, or undefined when it is not known for whatever reason. */
export function valueOf<T>(observed: Observed<T> | undefined): T | undefined {
  return observed?.state === 'known' ? observed.value : undefined;
}
