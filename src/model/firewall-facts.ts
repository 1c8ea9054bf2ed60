import type { Hostile } from './facts.js';
import type { RuleReference } from './words.js';

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
  /** Of these the ones that are switched on by their own settings, whatever the kernel has of it. */
  readonly enabled?: readonly string[];
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

/** The rules of this device, read as a whole and asked about our own packets. The rules themselves are no fact. */
export interface FirewallFact {
  /** How many rules there are in all. */
  readonly rules: number;
  readonly tables: readonly FirewallTable[];
  /** Who manages what happens on which hook. */
  readonly owners: readonly HookManager[];
  /** Programs that take packets from the rules (NFQUEUE), by the number of their queue. */
  readonly queues?: readonly PacketQueue[];
  /** What could not be read or understood, if it may matter. */
  readonly problems: readonly Hostile[];
  readonly decisions: readonly ModelDecision[];
  /** The same of what is said on connections that were opened, and then failed. */
  readonly said?: readonly ModelDecision[];
  /** Where they lead connections that were opened, and whose other end may not be the target. */
  readonly led?: readonly ModelDecision[];
  /** What the rules refuse of the messages by which IPv6 finds the next hop on its link. */
  readonly neighbours?: readonly NeighbourDecision[];
}

/** `out`: this device asks for the hardware address of the next hop, `address`; `in`: that one answers. */
export type NeighbourDecision = Omit<ModelDecision, 'protocol' | 'port' | 'folded' | 'assumed' | 'otherwise'>;

export interface PacketQueue {
  readonly number: number;
  readonly pid: number;
  readonly process: string | null;
}

export interface FirewallTable {
  readonly backend: RuleReference['backend'];
  readonly family: string;
  readonly name: Hostile;
  readonly rules: number;
  /** Its base chains: `input 0 drop` is hook, priority and policy. */
  readonly hooks: readonly string[];
}

/** A manager whose rules run on a hook, with the policy of the chain that they are in. */
export interface HookManager {
  readonly owner: string;
  readonly hook: string;
  readonly family: string;
  readonly table: Hostile;
  readonly chain: Hostile;
  readonly policy: 'accept' | 'drop';
}

/** What the rules say of one packet, as this program reads them. */
export interface ModelDecision {
  readonly protocol: 'tcp' | 'udp';
  /** The other side. */
  readonly address: string;
  readonly port: number;
  readonly direction: 'out' | 'in';
  readonly verdict: 'accept' | 'drop' | 'reject' | 'redirect' | 'queue' | 'unknown';
  /** Of a reject. */
  readonly how?: string;
  /** Where a redirect leads, or the queue. */
  readonly to?: string;
  readonly rule: RuleReference | null;
  readonly policy: Pick<RuleReference, 'backend' | 'family' | 'table' | 'chain'> | null;
  /** The place in words; of `unknown`, why. */
  readonly why: Hostile;
  /** Elements of sets by which the rule takes it: `198.51.100.0/24 in set blocklist (2 h left)`. */
  readonly caught?: readonly Hostile[];
  /** What it hangs on, and had to be assumed: `it comes in on eth0`. */
  readonly assumed?: string;
  readonly owner: RuleOwner | null;
  readonly folded: { readonly cause: string; readonly about: Hostile | null } | null;
  /** Of a refusal by one of several firewall managers: what the rules of the others alone would say. */
  readonly otherwise?: OtherManager;
  readonly path: readonly ModelStep[];
}

export interface OtherManager {
  /** Who would have decided. */
  readonly owner: string;
  /** Who refuses: also a service that loads a file at boot (`nftables`), which no sign of the rule itself tells. */
  readonly refusing?: string;
  readonly verdict: 'accept' | 'redirect';
  readonly rule: RuleReference;
}

export interface RuleOwner {
  readonly id: string;
  readonly detail: Readonly<Record<string, Hostile>>;
}

export interface ModelStep {
  readonly hook: string;
  readonly table: Hostile;
  readonly chain: Hostile;
  readonly number?: number;
  readonly did: string;
}

/** What the firewall wrote down about packets like ours: this probe's and earlier ones. A missing line proves nothing. */
export interface FirewallLogFact {
  /** Logs that were read. */
  readonly read: readonly string[];
  readonly unread: readonly { readonly log: string; readonly why: string }[];
  readonly blocks: readonly LoggedBlocks[];
  /** Steps of iptables-legacy with a probe of ours, which it writes down for packets that are traced. */
  readonly legacy: readonly LegacyStep[];
}

export interface LoggedBlocks {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly direction: 'out' | 'in';
  readonly prefix: Hostile;
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly log: string;
}

export interface LegacyStep {
  readonly localPort: number;
  readonly direction: 'out' | 'in';
  readonly table: string;
  readonly chain: string;
  readonly kind: string;
  readonly number: number;
}

/** The counter of the rule or policy that decides, as the rules are read, beside connections of our own. */
export interface RuleCount extends Pick<ModelDecision, 'address' | 'port' | 'direction'> {
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  /** Null: the chain's policy. */
  readonly number: number | null;
  /** In each round so many connections were tried, and so many packets counted meanwhile. */
  readonly rounds: readonly { readonly tried: number; readonly counted: number }[];
  /** How all of them ended: `connected`, or a failure's code; null where not all alike. */
  readonly ended: string | null;
}
