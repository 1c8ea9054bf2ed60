import type { Hostile } from './facts.js';
import type { Failure } from './failure.js';

/** A firewall of this device that decides for each program (OpenSnitch): its rules, and who carries them out. */
export interface AppFirewallFact {
  readonly product: 'OpenSnitch';
  /** Null where its rules lie about and nobody carries them out. */
  readonly daemon: { readonly pid: number; readonly process: Hostile } | null;
  /** Queues of netfilter that the daemon takes packets from; null where that may not be seen. */
  readonly queues: readonly number[] | null;
  /** What it does where no rule says anything and nobody is asked. */
  readonly otherwise: AppRuleAction | null;
  /** The program that this diagnosis is for it. */
  readonly asker: Hostile | null;
  readonly rules: readonly AppRule[];
  /** Rules that could not be read, and why. */
  readonly closed: readonly string[];
}

export type AppRuleAction = 'allow' | 'deny' | 'reject';

export interface AppRule {
  readonly name: Hostile;
  readonly action: AppRuleAction;
  readonly enabled: boolean;
  /** No later rule counts where this one holds. */
  readonly precedence: boolean;
  readonly location: string;
  readonly conditions: readonly AppCondition[];
}

/** All of a rule's conditions must hold. */
export interface AppCondition {
  readonly type: string;
  readonly operand: string;
  readonly data: Hostile;
  /** Large and small letters count. */
  readonly exact: boolean;
}

/** A connection while the link that leads to it was listened to. */
export interface LeftTry {
  readonly address: string;
  readonly port: number;
  readonly device: string;
  /** Null where it held. */
  readonly failure: Failure | null;
  /** First packets of it that this device handed to the link, and all frames of this device that were heard. */
  readonly opening: number;
  readonly frames: number;
  /** Answers from there that the link delivered. */
  readonly answers: number;
}
