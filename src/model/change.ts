import type { Operation } from './operation.js';

/**
 * planned → applying → applied → confirmed, and from anywhere reverting → reverted; failed when it was never begun, or
 * could not be taken back whole (`note` says which).
 */
export const changeStates = ['planned', 'applying', 'applied', 'confirmed', 'reverting', 'reverted', 'failed'] as const;
export type ChangeState = (typeof changeStates)[number];

/** A process, so that another one with the same number is not taken for it. */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks since boot (proc(5)), and the boot's id: null where there is no /proc. */
  readonly started: number | null;
  readonly boot: string | null;
}

/** What is written down of a change before it is made. */
export interface Change {
  readonly id: string;
  readonly state: ChangeState;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: string;
  readonly remedy: string;
  readonly title: string;
  readonly risk: 'none' | 'low' | 'high';
  /** As it was typed, without secrets. */
  readonly target: string;
  readonly cause: string;
  /** The verdict's sentence. */
  readonly why: string;
  /** What else it lets through, in plain words. */
  readonly opens: readonly string[];
  /** For reading only. */
  readonly commands: readonly string[];
  readonly undo: readonly string[];
  readonly steps: readonly Step[];
  /** Milliseconds that it may stay unconfirmed. */
  readonly keepForMs: number;
  /** When it ends by itself, ISO 8601. */
  readonly until: string | null;
  readonly by: ProcessMark;
  readonly note?: string;
}

export interface Step {
  readonly operation: Operation;
  /** The state before, as the operation noted it; only that operation reads it. */
  readonly before: unknown;
  /** How the change left it, where that cannot be told beforehand; absent until it is done. */
  readonly after?: unknown;
}
