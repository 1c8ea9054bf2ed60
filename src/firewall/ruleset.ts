import type { FieldName, NameField } from './values/fields.js';
import type { Intervals, Num } from './values/intervals.js';

/**
 * Rulesets as data: what a dump says, in one shape for nftables and iptables. Nothing here decides anything.
 * What is not understood stays as `opaque` with its text, in its place among the other parts of the rule.
 */

export type Family = 'ip' | 'ip6' | 'inet' | 'bridge' | 'netdev' | 'arp';
export type Backend = 'nft' | 'iptables-nft' | 'iptables-legacy';
export type ChainType = 'filter' | 'nat' | 'route';
export type Hook = 'ingress' | 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting' | 'egress';

export interface Ruleset {
  readonly source: 'nft' | 'iptables' | 'ipset' | 'joined' | 'none';
  readonly tables: readonly Table[];
  /** Sets of `ipset save`, by name. */
  readonly ipsets: ReadonlyMap<string, IpSet>;
  /** Whether the sets of the ipset program were read: an unknown name then is a set that does not exist. */
  readonly ipsetsRead: boolean;
  /**
   * For which packets the dump is complete. An iptables-save of IPv4 says nothing about IPv6; nft lists all families.
   */
  readonly covers: { readonly ip: boolean; readonly ip6: boolean };
  readonly problems: readonly Problem[];
}

/** Something that could not be read. `fatal`: what was read is no base for any decision (a cut dump, say). */
export interface Problem {
  readonly where: string;
  readonly what: string;
  readonly fatal: boolean;
}

export interface Table {
  readonly family: Family;
  readonly name: string;
  readonly backend: Backend;
  readonly handle?: number;
  /** A dormant table is loaded, but none of its chains is hooked in. */
  readonly dormant: boolean;
  /** Only the process that made it may change it, and it goes with that process (NFT_TABLE_F_OWNER). */
  readonly owned?: true;
  readonly comment?: string;
  readonly chains: ReadonlyMap<string, Chain>;
  readonly sets: ReadonlyMap<string, NamedSet>;
  readonly flowtables: readonly Flowtable[];
  /** Named counters, quotas, limits, helpers, timeouts, expectations: `counter http`. */
  readonly objects: readonly NamedObject[];
}

export interface Chain {
  readonly name: string;
  readonly handle?: number;
  readonly comment?: string;
  readonly base?: BaseChain;
  readonly rules: RuleList;
  /** Places, from 0, of rules in a table of iptables that iptables-nft cannot have written. */
  readonly foreign?: ReadonlySet<number>;
  /** Packets and bytes that met the policy (iptables). */
  readonly counter?: Counter;
}

/** The rules of a chain. A big ruleset keeps each as it stood in the dump, and takes it apart when it is asked for. */
export interface RuleList extends Iterable<Rule> {
  readonly length: number;
  /** From 0. The same object each time. */
  at(index: number): Rule;
  /** The same, not kept: for those who look at every rule once. */
  peek(index: number): Rule;
  /**
   * Hands over some of the conditions without which the rule does nothing, told without taking all of it apart, until
   * one is `enough`.
   */
  conditions(index: number, enough: Enough): void;
}

/** A match that must hold, of a kind that tells rules apart: what an index is built on. */
export type Condition =
  | { readonly kind: 'number'; readonly slot: number; readonly within: Intervals }
  | { readonly kind: 'name'; readonly slot: number; readonly patterns: readonly string[] }
  | { readonly kind: 'set'; readonly match: Match };

/** Takes a condition; true when no more are wanted. */
export type Enough = (condition: Condition) => boolean;

export interface BaseChain {
  readonly type: ChainType;
  readonly hook: Hook;
  readonly priority: number;
  readonly policy: 'accept' | 'drop';
  /** Of chains on ingress and egress. */
  readonly devices: readonly string[];
}

export interface Counter {
  readonly packets: number;
  readonly bytes: number;
}

export interface Rule {
  /** Its place in the chain, from 1. */
  readonly number: number;
  readonly handle?: number;
  readonly comment?: string;
  readonly counter?: Counter;
  /** Matches and statements in the order in which the kernel works through them. */
  readonly parts: readonly Part[];
  readonly source: RuleSource;
}

/** The rule as it stood in the dump; `textOf` makes a line of it when somebody wants to see it. */
export type RuleSource =
  | { readonly syntax: 'iptables'; readonly line: string }
  | { readonly syntax: 'nft'; readonly expr: readonly unknown[]; readonly comment?: string };

export type Part = Match | Statement;

/** A field of the packet, and what is done to its value before it is compared. */
export interface FieldValue {
  readonly field: FieldName;
  readonly bits?: readonly BitOperation[];
}

const plain = new Map<FieldName, FieldValue>();

/** The field as it is: one object for all rules that ask for it. */
export function fieldValue(field: FieldName): FieldValue {
  let value = plain.get(field);
  if (value === undefined) {
    value = { field };
    plain.set(field, value);
  }
  return value;
}

export interface BitOperation {
  readonly operation: '&' | '|' | '^' | '<<' | '>>';
  readonly operand: Num;
}

/**
 * A condition. `negated` turns the answer of the comparison alone. A field that this packet has not (a TCP port of a
 * UDP packet) ends the rule whether negated or not, as NFT_BREAK does, unless `whenAbsent` says otherwise.
 */
export type Match =
  | {
      readonly kind: 'compare';
      readonly left: FieldValue;
      readonly within: Intervals;
      readonly negated: boolean;
      readonly whenAbsent?: boolean;
    }
  | {
      readonly kind: 'name';
      readonly field: NameField;
      readonly patterns: readonly string[];
      readonly negated: boolean;
      readonly whenAbsent?: boolean;
    }
  | {
      readonly kind: 'lookup';
      readonly key: readonly KeyField[];
      readonly set: SetReference;
      readonly negated: boolean;
    }
  | {
      readonly kind: 'ipset';
      readonly set: string;
      readonly directions: readonly ('src' | 'dst')[];
      readonly negated: boolean;
      readonly unsure?: string;
    }
  /** For iptables, whose options negate a whole that has several parts. */
  | { readonly kind: 'all' | 'any'; readonly of: readonly Match[]; readonly negated: boolean }
  /** Holds for certain when all do, fails for certain when none does: see parse/nft/merged.ts. */
  | { readonly kind: 'merged'; readonly of: readonly Match[] }
  | { readonly kind: 'clock'; readonly clock: Clock }
  /** Decided by chance or by what came before: limit, quota, statistic, numgen. Either answer is possible. */
  | { readonly kind: 'may'; readonly what: string; readonly text: string }
  | { readonly kind: 'opaque'; readonly text: string; readonly why: string };

export type KeyField = FieldValue | { readonly name: NameField };

/** iptables `-m time`, in UTC as the kernel keeps it. Seconds; weekdays 1 (Monday) to 7, days of the month 1 to 31. */
export interface Clock {
  readonly from: number;
  readonly to: number;
  readonly dateFrom?: number;
  readonly dateTo?: number;
  readonly weekdays?: ReadonlySet<number>;
  readonly monthdays?: ReadonlySet<number>;
  readonly contiguous: boolean;
  readonly kernelZone: boolean;
}

export type SetReference = { readonly named: string } | { readonly elements: readonly Element[] };

/** One element of a set or map: a component for each field of the key. */
export interface Element {
  readonly key: readonly Component[];
  /** Of a map: what it maps to. */
  readonly data?: ElementData;
  /** `*`: taken when no other element matches. */
  readonly catchAll?: boolean;
  readonly notes?: ElementNotes;
}

/** What is written beside an element. */
export interface ElementNotes {
  readonly comment?: string;
  /** Seconds until it leaves the set by itself. */
  readonly left?: number;
}

/** A closed range of numbers, or an interface name, perhaps ending in `*`. */
export type Component = { readonly low: Num; readonly high: Num } | { readonly pattern: string };

export type ElementData = { readonly verdict: Verdict } | { readonly values: readonly Component[] };

export interface NamedSet {
  readonly name: string;
  readonly handle?: number;
  readonly comment?: string;
  readonly keyTypes: readonly string[];
  /** Of a map: `verdict` or the type of its values. */
  readonly mapsTo?: string;
  readonly flags: readonly string[];
  readonly timeout?: number;
  readonly size?: number;
  readonly elements: readonly Element[];
  /** Why its elements are not all known. */
  readonly unsure?: string;
}

/** A set of the ipset program, its members as `ipset save` writes them after the set's name. */
export interface IpSet {
  readonly name: string;
  readonly type: string;
  readonly family: 'inet' | 'inet6' | 'none';
  readonly members: readonly IpSetMember[];
  readonly unsure?: string;
}

export interface IpSetMember {
  readonly parts: readonly IpSetPart[];
  readonly nomatch: boolean;
  readonly text: string;
  readonly notes?: ElementNotes;
}

export type IpSetPart =
  | { readonly kind: 'address'; readonly low: Num; readonly high: Num }
  | { readonly kind: 'port'; readonly protocol: number | null; readonly low: number; readonly high: number }
  | { readonly kind: 'interface'; readonly name: string }
  | { readonly kind: 'mark'; readonly value: number }
  | { readonly kind: 'mac'; readonly value: number }
  | { readonly kind: 'set'; readonly name: string };

export interface Flowtable {
  readonly name: string;
  readonly handle?: number;
  readonly hook: string;
  readonly priority: number;
  readonly devices: readonly string[];
}

export interface NamedObject {
  readonly kind: string;
  readonly name: string;
  readonly handle?: number;
  readonly comment?: string;
  readonly counter?: Counter;
}

export type Verdict =
  | { readonly to: 'accept' | 'drop' | 'return' | 'continue' }
  | { readonly to: 'jump' | 'goto'; readonly chain: string }
  /** `with`: `tcp reset`, `icmp port-unreachable`, `icmpx admin-prohibited`… */
  | { readonly to: 'reject'; readonly with: string }
  | { readonly to: 'queue'; readonly queue: string; readonly bypass: boolean };

export type Statement =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'vmap'; readonly key: readonly KeyField[]; readonly map: SetReference; readonly text: string }
  | Nat
  /** `ends`: iptables' TPROXY accepts the packet; nft's goes on with the rule. */
  | {
      readonly kind: 'tproxy';
      readonly text: string;
      readonly ends: boolean;
      readonly address?: Num;
      readonly port?: number;
      readonly mark?: Assignment;
    }
  | Assignment
  /** Adds the packet's key to a set; `sure` is false when a limit or the like stands inside. */
  | {
      readonly kind: 'update';
      readonly set: string;
      readonly key: readonly KeyField[];
      readonly sure: boolean;
      readonly removes: boolean;
      readonly text: string;
    }
  | { readonly kind: 'notrack' }
  /** Changes nothing about where the packet goes: counter, log, dup, helper. */
  | { readonly kind: 'note'; readonly what: string }
  /** Not understood: it may do anything to the packet. */
  | { readonly kind: 'effect'; readonly text: string; readonly why: string };

export interface Nat {
  readonly kind: 'nat';
  readonly type: 'dnat' | 'snat' | 'masquerade' | 'redirect';
  /** iptables NETMAP: the network changes, the host part stays. */
  readonly netmap?: boolean;
  readonly family?: 'ip' | 'ip6';
  readonly address?: Expression;
  readonly port?: Expression;
  readonly text: string;
}

/** `meta mark set …`, `ip daddr set …`: the field takes the value for the rest of the way. */
export interface Assignment {
  readonly kind: 'assign';
  readonly target: FieldName;
  readonly value: Expression;
  /** iptables goes on where there is nothing to read (no connection); nft leaves the rule. */
  readonly lenient?: boolean;
}

/** A value known before the packet comes, one that is taken from the packet, or one looked up in a map. */
export type Expression =
  | { readonly kind: 'range'; readonly low: Num; readonly high: Num }
  | { readonly kind: 'field'; readonly value: FieldValue }
  /** Two parts of the packet put together bit by bit: CONNMARK with masks, `ct mark & … | meta mark & …`. */
  | { readonly kind: 'both'; readonly operation: '|' | '^'; readonly values: readonly [FieldValue, FieldValue] }
  | {
      readonly kind: 'map';
      readonly key: readonly KeyField[];
      readonly map: SetReference;
      /** Which of several values. */ readonly part: number;
      readonly text: string;
    }
  | { readonly kind: 'unknown'; readonly why: string };
