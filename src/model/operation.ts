import type { BanOperation } from './ban-operations.js';
import type { Hostile } from './facts.js';
import type { FileLines } from './file-operations.js';
import type { NameOperation } from './name-operations.js';
import type { OwnFile } from './own-file-operations.js';
import type { RuleOperation } from './rule-operations.js';
import type { ServiceOperation } from './service-operations.js';
import type { RouteOperation } from './route-operations.js';

/**
 * The closed list of what may be changed, each with validated arguments. No operation takes a path, a command or a text
 * that is run as written: a file is named from a list, a rule by its parts. Only what comes back from a quarantine has a place
 * of its own, and its content is held against a hash.
 */
export type Operation =
  | Probe
  | NftAllow
  | IptablesAllow
  | UfwAllow
  | FirewalldAllow
  | FileLines
  | OwnFile
  | RestoreFile
  | ClamavAllow
  | ClamavUpdate
  | RouteRemove
  | BanOperation
  | RouteOperation
  | NameOperation
  | ServiceOperation
  | RuleOperation
  | FirewallReset
  | GuardStop;

/** Changes nothing that matters: it shows that taking back works. */
export interface Probe {
  readonly kind: 'probe';
  readonly with: 'nft' | 'disk';
}

/** What an exception lets through; what is left out does not matter. The narrower the better. */
export interface PacketMatch {
  readonly family: 4 | 6;
  readonly protocol: 'tcp' | 'udp';
  readonly source?: string;
  readonly destination?: string;
  readonly sport?: number;
  readonly dport?: number;
  /** Only packets of connections that were let through already (conntrack). */
  readonly established?: true;
  /** Only what that user sends (of packets that leave). */
  readonly uid?: number;
  /** Only what bears that mark: the probes of this program (of packets that leave). */
  readonly mark?: number;
  /** Seconds since 1970: from then on it matches nothing any more, whoever has forgotten it. */
  readonly until?: number;
}

/** Where a rule goes in its chain: above the rule with that handle (whose text must still be the same), or at its end. */
export type NftPlace = { readonly above: number; readonly text: Hostile } | 'top' | 'end';

/** Rules that accept, in one transaction of nftables. */
export interface NftAllow {
  readonly kind: 'nft-allow';
  readonly rules: readonly {
    readonly family: 'ip' | 'ip6' | 'inet' | 'netdev';
    readonly table: string;
    readonly chain: string;
    readonly place: NftPlace;
    readonly match: PacketMatch;
  }[];
}

/** A chain of iptables, by the backend that has it. */
export interface IptablesChain {
  readonly backend: 'nft' | 'legacy';
  readonly family: 4 | 6;
  readonly table: 'filter' | 'raw' | 'mangle' | 'nat' | 'security';
  readonly chain: string;
}

/** A rule of iptables that accepts. */
export interface IptablesAllow extends IptablesChain {
  readonly kind: 'iptables-allow';
  /** From 1, as iptables counts. */
  readonly position: number;
  /** The rule that stands there now, as iptables-save prints it; null when it goes to the end. */
  readonly next: Hostile | null;
  readonly match: PacketMatch;
}

/** An exception of ufw, before all of its other rules. */
export interface UfwAllow {
  readonly kind: 'ufw-allow';
  readonly direction: 'out' | 'in';
  /** Of the iptables that ufw works with. */
  readonly backend: IptablesChain['backend'];
  readonly match: PacketMatch;
}

/** A rich rule of firewalld that accepts, before all others of its zone or policy. */
export interface FirewalldAllow {
  readonly kind: 'firewalld-allow';
  readonly place: 'policy' | 'zone';
  readonly name: string;
  readonly match: PacketMatch;
}

/** A copy of a quarantined file at the place where it was. Both are whole paths; the content is named by its hash. */
export interface RestoreFile {
  readonly kind: 'restore-file';
  readonly from: Hostile;
  readonly to: Hostile;
  readonly sha256: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly modified: number;
}

/** ClamAV finds nothing any more in files of exactly this content. */
export interface ClamavAllow {
  readonly kind: 'clamav-allow';
  readonly sha256: string;
  readonly size: number;
}

/** The signatures of ClamAV are fetched anew, by its own program and from where its settings say. */
export interface ClamavUpdate {
  readonly kind: 'clamav-update';
}

/** Routes that carry nothing and say why, each in another way. */
export const refusingTypes = ['blackhole', 'unreachable', 'prohibit'] as const;

/** A line of a routing table that says "no", whole: by these words it can be put back. */
export interface RefusingRoute {
  readonly type: (typeof refusingTypes)[number];
  /** `198.51.100.0/24`, `198.51.100.10` or `default`. */
  readonly prefix: string;
  /** Who made it; daemons of routing have others, and would make it again. */
  readonly protocol?: 'static' | 'boot' | 'kernel';
  readonly metric?: number;
}

/** Takes such a line out. */
export interface RouteRemove extends RefusingRoute {
  readonly kind: 'route-remove';
  readonly family: 4 | 6;
  readonly table: string;
}

/** What the rules of a firewall are set to: a manager's own default, what the files say that are loaded at boot, no rule. */
export const resetTargets = ['ufw', 'firewalld', 'boot-files', 'nothing'] as const;
export type ResetTarget = (typeof resetTargets)[number];

/** All rules of this computer anew, after a whole copy of them and of their managers' settings. */
export interface FirewallReset {
  readonly kind: 'firewall-reset';
  readonly to: readonly ResetTarget[];
}

/** Guards that are services, by the names that their packages give them. */
export const guardUnits = ['clamav-clamonacc.service'] as const;

/** Such a guard, stopped for a while. */
export interface GuardStop {
  readonly kind: 'guard-stop';
  readonly unit: (typeof guardUnits)[number];
}

export type OperationKind = Operation['kind'];
