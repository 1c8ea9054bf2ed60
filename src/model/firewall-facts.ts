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
