import type { Facts } from './facts.js';
import type { Operation } from './operation.js';
import type { RemedyLine, Verdict } from './report.js';
import type { System } from './system.js';
import type { Target } from './target.js';

/** Through which a remedy reads what its plan needs to know; it changes nothing. */
export interface Eyes {
  readonly system: System;
  readonly signal: AbortSignal;
}

/** What a remedy is asked about. */
export interface Ailment {
  readonly target: Target;
  readonly verdict: Verdict;
  readonly facts: Facts;
}

export interface Plan {
  /** "lets only 198.51.100.10 port 443 through". */
  readonly title: string;
  readonly operations: readonly Operation[];
  /** What else it lets through, in plain words; empty when nothing. */
  readonly opens: readonly string[];
  /** It opens more than the target needs. */
  readonly wider: boolean;
  /** It could cut off the very session in which it is made. */
  readonly mayCutOff: boolean;
  /** What a person must know before saying yes: "until the next restart only". */
  readonly notes: readonly string[];
  /**
   * Variables of the environment as a new session has them afterwards; null: none. This process, and every program that runs
   * already, has the old ones: the second measurement takes these.
   */
  readonly session?: Readonly<Record<string, string | null>>;
  /**
   * Milliseconds within which somebody else carries it out once it is made, who looks for it now and then: until then a target
   * that still fails is measured again.
   */
  readonly takesUpToMs?: number;
  /** The block looks right: somebody meant it, and why that may be. */
  readonly blockLooksRight?: string;
}

/**
 * One way to get back online, one file; the causes that it can do something about name it (`remedies` of Cause). It plans and does nothing: `Looks` are what is read for its plan, beside the facts
 * of the diagnosis, by the engine.
 */
export interface Remedy<Looks = unknown> {
  readonly id: string;
  readonly risk: RemedyLine['risk'];
  readonly needs: RemedyLine['needs'];
  readonly platforms: readonly string[];
  /** One clause, in the words of the report: "lets only this server and port through". */
  readonly title: string;
  /** Whether the report may promise it: only what the plan will most likely hold. `fix` asks for the plan itself. */
  offers(ailment: Ailment): boolean;
  /** False: it has nothing to do with what was found, and a refusal need not tell of it. Without it: it always may. */
  concerns?(ailment: Ailment): boolean;
  /** What the plan needs to know beside the diagnosis. Reads only. */
  look(ailment: Ailment, eyes: Eyes): Promise<Looks>;
  /** Pure. Or why there is none. */
  plan(ailment: Ailment, looks: Looks): Plan | { readonly whyNot: string };
}
