import type { Opinion } from './quarantine.js';
import type { Hostile } from './facts.js';
import type { QuarantinedFile } from './quarantine.js';

/** A program of this device that may stop, change or watch what others do, by what it holds; its name comes last. */
export interface Guard {
  readonly pid: number;
  /** The process's own name (comm), which anybody can choose. */
  readonly process: Hostile;
  /** The file that runs, where it may be seen. */
  readonly program: Hostile | null;
  readonly uid: number | null;
  readonly holds: readonly GuardHold[];
  /** By the table of products. `tried` says whether that row was ever held against the real product. */
  readonly product: { readonly name: string; readonly kind: GuardKind; readonly tried: boolean } | null;
}

export type GuardKind =
  | 'antivirus'
  | 'endpoint-protection'
  | 'allow-list'
  | 'application-firewall'
  | 'web-filter'
  | 'debugging';

export type GuardHold =
  /** fanotify(7): it is told when files are opened; `decides` when it is asked before. */
  | {
      readonly what: 'files';
      readonly decides: boolean;
      readonly marks: number;
      readonly widest: 'file' | 'mount' | 'file-system' | null;
    }
  /** NFQUEUE: packets are handed to it. */
  | { readonly what: 'packets'; readonly queue: number }
  /** Programs of BPF that it keeps in the kernel, by their types. */
  | { readonly what: 'kernel-programs'; readonly types: readonly string[] };

/** A root certificate that was added to this device: in none of the public lists. */
export interface AddedRoot {
  readonly subject: Hostile;
  readonly fingerprint256: string;
  /** Where it lies: a file of the system's store, a profile of a browser, Java's store. */
  readonly store: string;
  readonly kind: 'system' | 'nss' | 'java';
  /** The product that puts such a root there, by its name. A name proves nothing. */
  readonly product: string | null;
}

/** How old a scanner's engine and its signatures are. */
export interface ScannerAge {
  readonly product: string;
  readonly engine: Hostile | null;
  readonly signatures: readonly {
    readonly name: string;
    readonly version: number | null;
    readonly built: string | null;
  }[];
  readonly location: string;
}

export interface GuardsFact {
  readonly guards: readonly Guard[];
  /** Those by which a chain of this diagnosis holds, and those that bear a known product's name. */
  readonly roots: readonly AddedRoot[];
  /** How many others were added: whose they are is nobody's business here. */
  readonly otherRoots: number;
  readonly scanners: readonly ScannerAge[];
  /** Security modules of the kernel that are switched on; null where they cannot be read. */
  readonly modules: readonly string[] | null;
  /** What could not be looked at, and why. */
  readonly closed: readonly string[];
}

/** What a guard of this device wrote down while this diagnosis went on. */
/** A page that a web shield keeps away, fetched past it into memory alone, and what scanners say of it. */
export interface BlockedPageFact {
  /** By the account that the shield's own program asks by. */
  readonly as: number;
  readonly status: number | null;
  readonly bytes: number;
  /** No more of it was left out. */
  readonly whole: boolean;
  readonly opinions: readonly Opinion[];
}

export interface GuardLogFact {
  readonly entries: readonly {
    readonly product: string;
    /** `/var/log/c-icap/server.log` */
    readonly location: string;
    readonly at: string;
    /** What it found, and in what. */
    readonly found: { readonly signature: Hostile; readonly url: Hostile } | null;
    /** Why it could not look. */
    readonly trouble: Hostile | null;
  }[];
  /** Logs that could be read. */
  readonly looked: readonly string[];
  readonly closed: readonly string[];
}

/** Guards that are asked when the named program's file is opened, and whether one of them has moved it away. */
export interface ProgramGuardsFact {
  /** Files that were asked about: the program, where links lead, and what runs it. */
  readonly files: readonly Hostile[];
  readonly asked: readonly {
    readonly pid: number;
    readonly process: Hostile;
    readonly product: Guard['product'];
    readonly file: Hostile;
    /** What its mark is on: the file or its folder, the mount, the whole file system. */
    readonly by: 'file' | 'folder' | 'mount' | 'file-system';
  }[];
  /**
   * Guards that wait themselves for such an answer, in the kernel: they open a file about which another one is asked. Absent
   * where less than two are asked.
   */
  readonly waiting?: readonly { readonly pid: number; readonly process: Hostile; readonly product: Guard['product'] }[];
  /** Lies in a quarantine now, and was where the program should be. */
  readonly quarantined: QuarantinedFile | null;
  /** What a scanner wrote down of one of these files. */
  readonly found: {
    readonly product: string;
    readonly file: Hostile;
    readonly signature: Hostile;
    /** ISO 8601; null where the log has no times. */
    readonly at: string | null;
    /** While this diagnosis went on. */
    readonly now: boolean;
    readonly location: string;
  } | null;
  readonly closed: readonly string[];
}
