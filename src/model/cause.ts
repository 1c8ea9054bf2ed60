import type { Attempt, FailedAttempt } from './attempt.js';
import type { FactKey, Facts } from './facts.js';
import type { Symptom } from './failure.js';
import type { Culprit, Side, Stage } from './words.js';

export interface Evidence {
  readonly fact: FactKey;
  /** A short clause in plain words: "the kernel followed our packet to that rule". */
  readonly says: string;
}

interface Common {
  /** Where the finding differs from the catalogue entry's own. */
  readonly side?: Side;
  readonly stage?: Stage;
  readonly culprit?: Culprit;
  /** One plain sentence, when the cause can say it better than its title. */
  readonly summary?: string;
  readonly evidence: readonly Evidence[];
  /** What a person could do, in one clause, when no remedy of ours does it. */
  readonly advice?: string;
}

/**
 * What a cause says about one failed attempt.
 * - `proven`: the kernel, a log entry of this very probe, or an experiment that changes only the suspect shows it.
 * - `fits`: what was measured is what it would look like. `weight` orders several that fit (0 to 1, 0.5 when absent);
 *   it is no probability.
 * - `ruledOut`: a fact contradicts it. Never from the absence of a fact.
 * - `unknown`: what is missing; gatherers of these facts are then run where that is allowed.
 */
export type Finding =
  | ({
      readonly says: 'proven';
      /** What could still name the culprit better; it changes nothing about the cause. */
      readonly missing?: readonly FactKey[];
    } & Common)
  | ({
      readonly says: 'fits';
      readonly weight?: number;
      readonly missing?: readonly FactKey[];
      /** It holds itself back: what was measured could not make it surer than that. */
      readonly atMost?: 'likely';
    } & Common)
  | { readonly says: 'ruledOut'; readonly because: string; readonly facts: readonly FactKey[] }
  | { readonly says: 'unknown'; readonly missing: readonly FactKey[]; readonly because?: string };

export interface Scene {
  readonly facts: Facts;
  readonly attempts: readonly Attempt[];
}

/** What the catalogue knows of a cause, whether somebody has built it or not. */
export interface CatalogueEntry {
  readonly id: string;
  readonly side: Side;
  /** A plain sentence without the culprit's name: "Nothing listens on that port". */
  readonly title: string;
  readonly stage: Stage;
  readonly symptoms: readonly Symptom[];
  /** It can stop the connection to a unix socket too. Most cannot: there is no packet, no route and no other machine. */
  readonly unix?: true;
  /**
   * Causes that this one is merely a symptom of where both hold: the other one is taken
   * (contract, "Which of two, when both fit").
   */
  readonly yieldsTo?: readonly string[];
  /** It leads the connection to a wrong place: where that is clear, whatever is met there is only what came of it. */
  readonly misleads?: true;
  /** It gives the name another address than its owner does, or none: what stops the target at the true one is told beside it. */
  readonly falsifies?: true;
}

/** One cause, one file. `judge` is synchronous and pure; it is asked once for each failed attempt with one of its symptoms. */
export interface Cause extends CatalogueEntry {
  /** Facts it can use; asked for only when it says that they are missing. */
  readonly needs: readonly FactKey[];
  readonly remedies?: readonly string[];
  /** The outcome that this cause brings about when it is only part of the target that fails. */
  readonly judge: (attempt: FailedAttempt, scene: Scene) => Finding;
  /** What is true although nothing failed, and worth telling beside it. */
  readonly beside?: (scene: Scene) => (Finding & { readonly says: 'fits' | 'proven' }) | null;
  /** It is told beside a failure too: true of the network, whatever stops this target. */
  readonly alsoWhenFailed?: true;
  /** What it needs for that, where a look at the facts shows that it may have something to say. */
  readonly besideNeeds?: (facts: Facts) => readonly FactKey[];
  /** Reason why the lab here cannot show it (counted and printed by the tests). */
  readonly notShownHere?: string;
}
