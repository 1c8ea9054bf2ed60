import type { Hostile } from './facts.js';

/** A limit and how far it is used; null where this process may not see it. */
export interface Use {
  readonly used: number;
  readonly limit: number;
}

/** Limits of this device that stop connections when they are reached. */
export interface LimitsFact {
  /** Local ports for outgoing connections, and how many of them are in use towards each place that was tried. */
  readonly ports: {
    readonly first: number;
    readonly last: number;
    /** Ports in the range that are reserved and never chosen. */
    readonly reserved: number;
    readonly towards: readonly {
      readonly address: string;
      readonly port: number;
      readonly used: number;
      /** Of these, waiting to be forgotten after their end (TIME-WAIT). */
      readonly ended: number;
      /** Who holds most of them, as far as it can be seen. */
      readonly holder: ProcessUse | null;
    }[];
  } | null;
  /** Open files of this process, and of the whole device. */
  readonly files: { readonly process: Use | null; readonly device: Use | null };
  /** Open files of the programs that listen on the target's port here. */
  readonly listeners: readonly (Use & { readonly pid: number; readonly process: string })[];
  /** Entries of the table in which the packet filter remembers connections. */
  readonly conntrack: Use | null;
  /** The most that may wait for any program here, whatever it asks for (net.core.somaxconn). */
  readonly mostWaiting?: number;
  /** Packets that the reverse path filter has dropped since the counters began. */
  readonly reversePathDrops: number | null;
  /** Packets that IPsec has thrown away since then; left out where that is not counted. */
  readonly ipsecDrops?: number;
}

export interface ProcessUse {
  readonly pid: number;
  readonly process: string;
  readonly used: number;
}

/**
 * Counters of the kernel over quiet times, each followed by an equal one with connections of ours to that place: what rises
 * in each of those with ours, and in none without, is what happens to ours. Several short ones: an answer to something
 * earlier, which is repeated for seconds, then spoils one of them and not all.
 */
export interface CountersFact {
  readonly address: string;
  readonly port: number;
  /** Pairs of a quiet time and a busy one, and connections of ours in each busy one. */
  readonly pairs: number;
  readonly each: number;
  /** Connections of ours in all, and how many of them opened. */
  readonly tries: number;
  readonly opened: number;
  readonly quietMs: number;
  readonly busyMs: number;
  readonly counters: readonly Rise[];
  /**
   * Whether the kernel would take an answer of that address that comes in by each interface (its own check, asked without
   * a packet); empty where it was not asked.
   */
  readonly answersBy?: readonly { readonly device: string; readonly taken: boolean }[];
}

export interface Rise {
  readonly name: CounterName;
  readonly quiet: number;
  readonly busy: number;
  /** Pairs in which it stood still in the quiet time, and rose by at least one for each connection in the busy one. */
  readonly withOurs: number;
}

/** IPReversePathFilter, ListenOverflows, ListenDrops: /proc/net/netstat. conntrackDrop: /proc/net/stat/nf_conntrack. */
export type CounterName =
  | 'IPReversePathFilter'
  | 'ListenOverflows'
  | 'ListenDrops'
  | 'TCPReqQFullDrop'
  | 'conntrackDrop';

/** What becomes of one byte on a connection that was opened once more: who takes it, if anybody. */
export interface HeldTry {
  readonly address: string;
  readonly port: number;
  readonly opened: boolean;
  /** The other side's kernel acknowledged the byte. Null where that cannot be seen. */
  readonly acknowledged: boolean | null;
  /** The other side had room for the byte, and this computer never sent it. Absent where that was not so, or not seen. */
  readonly neverSent?: true;
  readonly waitedMs: number;
  /** Segments that came, the answer to the first one included. */
  readonly segmentsIn: number | null;
}

export interface FileOwner {
  readonly path: string;
  /** Octal, such as `0660`. */
  readonly mode: string;
  /** Names where there are some, else numbers. */
  readonly owner: string;
  readonly group: string;
}

/** The file of a unix socket, as far as this process may look. */
export interface SocketFileFact {
  readonly path: string;
  readonly kind: 'socket' | 'file' | 'directory' | 'other' | 'missing' | 'hidden';
  readonly file: FileOwner | null;
  /** A directory above it that may not be passed by whoever probes. */
  readonly barrier: FileOwner | null;
  /** The nearest directory above it that exists. */
  readonly existing: string | null;
  /** Somebody listens on a socket of that path in this network namespace; null where it cannot be read. */
  readonly listening: boolean | null;
  /** Where somebody listens on a socket whose file has the same name. */
  readonly elsewhere: readonly string[];
}

/** A program that should listen on the target's port or path on this device, and what is known of it. */
export interface LocalService {
  /** `PostgreSQL`, or the unit's or program's own name. */
  readonly name: string;
  readonly state: 'running' | 'starting' | 'stopped' | 'failed' | 'disabled' | 'not-installed' | 'unknown';
  /** How it is tied to the port: a setting, a unit, a container. */
  readonly because: Hostile;
  /** `/etc/redis/redis.conf:7`, `postgresql@15-main.service`, `container web`. */
  readonly location: string;
  readonly exit: ServiceExit | null;
  /** Its own last words that say why, and where they stand. */
  readonly words: { readonly text: Hostile; readonly location: string } | null;
  /** Who holds the place that it wanted. */
  readonly heldBy: { readonly process: string | null; readonly pid: number | null; readonly address: string } | null;
  /** What starts it. */
  readonly start: string | null;
}

export interface ServiceExit {
  readonly how: 'code' | 'signal' | 'out-of-memory' | 'unknown';
  /** The code or the signal's name. */
  readonly value: string | null;
  readonly at: string | null;
  readonly source: string;
}

export interface LocalServicesFact {
  readonly services: readonly LocalService[];
  /** What was looked at: `systemd`, `unit files`, `settings`, `logs`, `kernel log`, `containers`. */
  readonly looked: readonly string[];
  /** What could not be, and why. */
  readonly closed: readonly string[];
}

/** The line of a program's own settings that says on which addresses it listens. */
export interface BindingLine {
  readonly program: string;
  /** `bind`, `listen_addresses`, … */
  readonly setting: string;
  /** `/etc/redis/redis.conf:7` */
  readonly location: string;
  /** As it stands there, cut to 200 characters; null where nothing says it, and the program listens to its own computer then. */
  readonly text: Hostile | null;
}

/** The clock of another machine, by the Date of an HTTP answer. */
export interface OtherClock {
  readonly name: string;
  readonly address: string;
  /** What it said, and what the clock here said at that moment. */
  readonly date: string;
  readonly wallClock: string;
  /** It came inside TLS, from whoever holds the certificate's key. */
  readonly secure: boolean;
}
