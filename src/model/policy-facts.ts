import type { Hostile } from './facts.js';
import type { Failure } from './failure.js';

/** Where a BPF program of a control group or an interface is asked. */
export type ProgramHook =
  | 'ingress'
  | 'egress'
  | 'sock-create'
  | 'connect4'
  | 'connect6'
  | 'sendmsg4'
  | 'sendmsg6'
  | 'xdp'
  | 'tc-ingress'
  | 'tc-egress';

/** A program that was loaded into the kernel, and that decides about connections. */
export interface LoadedProgram {
  readonly hook: ProgramHook;
  readonly id: number;
  readonly name: Hostile;
  /** Who loaded it. */
  readonly uid: number;
}

/** Such a program, with where it is attached and who keeps it. */
export interface PolicyProgram extends LoadedProgram {
  /** The control group (`/system.slice/app.service`) or the interface. */
  readonly at: string;
  /** A process that holds it open; null where none does, or none was found. */
  readonly holder: { readonly pid: number; readonly process: string } | null;
}

/** A line of a unit of systemd's that says which addresses its programs may reach (systemd.resource-control(5)). */
export interface UnitSetting {
  /** `shop.service`; of a template or of all units with the same beginning, the one that it counts for. */
  readonly unit: string;
  readonly name: 'IPAddressDeny' | 'IPAddressAllow';
  readonly value: Hostile;
  /** `/etc/systemd/system/shop.service.d/lan.conf:3` */
  readonly location: string;
}

/** Programs in the kernel that connections of one control group pass. */
export interface PoliciesFact {
  /** The group of whoever probes; null where there is no unified hierarchy. */
  readonly group: string | null;
  readonly programs: readonly PolicyProgram[];
  /** Of the units to which programs of systemd's are bound, and of those above them: those that are in force. */
  readonly settings?: readonly UnitSetting[];
  /** What could not be asked, and why. */
  readonly closed: readonly string[];
}

/** The same connection out of the topmost control group, and then once more as before: only the group differs. */
export interface OtherGroupTry {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  /** Null where it held. */
  readonly outside: Failure | null;
  readonly again: Failure | null;
}

/** Connections that a security module of the kernel refused, as its audit log tells. */
export interface DenialsFact {
  readonly entries: readonly Denial[];
  readonly read: readonly string[];
  readonly unread: readonly { readonly log: string; readonly why: string }[];
}

export interface Denial {
  readonly by: 'AppArmor' | 'SELinux' | 'Landlock' | 'seccomp';
  /** ISO 8601. */
  readonly at: string;
  /** The profile or the domain's type. */
  readonly policy: Hostile | null;
  readonly operation: Hostile;
  readonly process: Hostile | null;
  readonly program: Hostile | null;
  readonly pid: number | null;
  readonly address: string | null;
  readonly port: number | null;
  /** Only written down, and let pass. */
  readonly permissive: boolean;
  readonly log: string;
}
