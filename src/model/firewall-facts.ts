import type { Hostile } from './facts.js';

/** Pieces of the ruleset around the place that stopped a packet: what tells whose rule it is. Bounded. */
export interface RulesetExcerpt {
  /** Names of the chains of its table. */
  readonly chains: readonly Hostile[];
  /** As nft's JSON has them: named sets, chains and rules; the rules that led there come before the deciding one. */
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  /** The same rules as iptables-save prints them, where iptables made them. */
  readonly saved: readonly Hostile[];
  /** The elements of named sets by which the packet was caught. */
  readonly caught: readonly { readonly set: Hostile; readonly element: Hostile }[];
}

/** Programs that manage firewalls: which of them are on this device, and what their own files say of a rule. */
export interface FirewallManagersFact {
  /** Their program is there, or runs. */
  readonly installed: readonly string[];
  /** Neither a program nor a process of theirs was found. */
  readonly absent: readonly string[];
  /** The lines that made the rules which stopped our packets. */
  readonly lines: readonly ManagerLine[];
}

export interface ManagerLine {
  readonly manager: 'ufw';
  /** The rule that it made, as iptables-save prints it; of a policy, its chain. */
  readonly rule: Hostile;
  /** `/etc/ufw/user.rules:31` */
  readonly location: string;
  /** As `ufw status numbered` counts. Null for what it does not list. */
  readonly number: number | null;
  /** In the words in which it was ordered: `deny out 443/tcp`. */
  readonly words: Hostile | null;
  readonly comment: Hostile | null;
}
