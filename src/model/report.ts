import type { Evidence } from './cause.js';
import type { Facts } from './facts.js';
import type { Certainty, Culprit, Outcome, Side, Stage } from './words.js';

/** Read by scripts, the page, agents: names here are stable (contract). */
export interface Verdict {
  readonly outcome: Outcome;
  readonly cause: string;
  readonly side: Side;
  readonly stage: Stage;
  readonly certainty: Certainty;
  readonly culprit?: Culprit;
  readonly summary: string;
  readonly advice?: string;
  /**
   * From 0 to 1: the least share of verdicts like this one that were right where it was measured (lower end of Wilson's
   * interval). Absent where too few were measured; never more than a statement about those worlds.
   */
  readonly confidence?: number;
  readonly confidenceBasis?: { readonly measured: 'lab'; readonly right: number; readonly cases: number };
}

export interface RemedyLine {
  readonly id: string;
  readonly title: string;
  readonly risk: 'none' | 'low' | 'high';
  readonly command?: string;
  readonly undo?: string;
  readonly needs: 'root' | 'none';
}

/** What the judgement says: pure, from facts alone. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly candidates: readonly Verdict[];
  readonly also: readonly Verdict[];
  readonly ruledOut: readonly { readonly cause: string; readonly because: string }[];
  readonly unknown: readonly { readonly cause: string; readonly missing: string }[];
  readonly evidence: readonly Evidence[];
}

/** What went to one address. */
export interface Sent {
  readonly address: string;
  readonly packets: number;
}

export interface Report extends Judgement {
  readonly schema: 'whoblocked/report/1';
  readonly version: string;
  readonly startedAt: string;
  readonly elapsedMs: number;
  /** Packets that this diagnosis has sent, as far as it counts them. */
  readonly packets: number;
  /** The same of each address, the most first. Absent in reports of older versions. */
  readonly packetsTo?: readonly Sent[];
  readonly as: { readonly uid: number | null; readonly user: string | null; readonly privileges: readonly string[] };
  readonly target: {
    readonly input: string;
    readonly scheme: string;
    readonly host: string;
    readonly port: number;
    readonly addresses: readonly string[];
  };
  readonly remedies: readonly RemedyLine[];
  readonly facts: Facts;
}
