import type { Report, Verdict } from './report.js';
import type { Certainty } from './words.js';

/** One look at the target, from one place at one time. */
export interface Vantage {
  /** `eth0`, `report.json`, `after the switch`. */
  readonly name: string;
  /** This device now, by its usual way or by one interface; after the user has switched networks; a saved report. */
  readonly kind: 'here' | 'interface' | 'switched' | 'saved';
  /** The network that it went out through, as far as it is known. */
  readonly network: {
    readonly interface: string | null;
    readonly gateway: string | null;
    readonly source: string | null;
  };
  readonly report: Report;
}

/** What the failing looks have, and the working ones have not. */
export type Differs =
  | 'device'
  | 'network'
  | 'server'
  | 'device-or-network'
  | 'device-or-server'
  | 'time'
  | 'nothing'
  | 'unknown';

export interface JointVerdict {
  readonly outcome: 'works' | 'fails' | 'differs';
  readonly differs: Differs;
  readonly certainty: Certainty;
  readonly summary: string;
  /** Why, in short clauses. */
  readonly evidence: readonly string[];
  readonly advice?: string;
  /** The verdict of the look that names the cause best, where one does. */
  readonly cause?: Verdict;
}

export interface Comparison {
  readonly schema: 'whoblocked/compare/1';
  readonly version: string;
  readonly target: string;
  readonly verdict: JointVerdict;
  readonly vantages: readonly Vantage[];
}
