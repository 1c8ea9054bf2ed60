import type { ConverseRequest, ConverseResult } from './converse.js';
import type { Duplex } from 'node:stream';
import type { BrowserOutcome } from './browser-facts.js';
import type { BrowseRequest, PacAnswer, PacQuestion, RulesAnswer, RulesQuestion } from './engine-questions.js';
import type { Failure } from './failure.js';
import type { LoadedProgram } from './policy-facts.js';
import type { IcmpError, TcpCounters, TraceStep } from './facts.js';
import type { KernelTables } from './kernel-tables.js';
import type { Links } from './links.js';
import type { TrustStore } from './trust-store.js';

/**
 * The only door to the operating system. Everything impure goes through it, so that tests hand in another one.
 * Nothing here throws for what the network or the machine does: it comes back as data.
 */
export interface System {
  readonly platform: string;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly sockets: Sockets;
  readonly files: Files;
  /** Runs a program with an argument array, never through a shell. Bounded in time and output. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /**
   * Whether the kernel would run that file for whoever probes: `ok`, an errno, or `timed-out` where the file cannot even be
   * opened within 2 s. It starts nothing. Absent where it cannot be asked.
   */
  mayRun?(path: string): Promise<string>;
  /** Absent where only ip(8) can tell. */
  readonly tables?: KernelTables;
  /**
   * Calls back when an interface, an address or a route of this device has changed, until the signal fires. False where
   * that cannot be heard. Absent where there is nothing that tells.
   */
  watchNetwork?(onChange: () => void, signal: AbortSignal): Promise<boolean>;
  /** Programs in the kernel that decide about connections: absent where they cannot be asked for. */
  readonly policies?: Policies;
  environment(name: string): string | undefined;
  /** Null where the kernel cannot be asked to trace (not root, not Linux, no nf_tables). */
  readonly tracer: Tracer | null;
  /**
   * The network around this one, where this process has gone into a container's: absent where it stands in its own, or
   * where the kernel cannot be asked.
   */
  readonly around?: Around;
  /** Absent without CAP_NET_RAW, and where there are no system calls. */
  readonly links?: Links;
  /** ICMP errors so far about anything that was sent, the first 64. Absent where nobody keeps them. */
  readonly told?: () => readonly ToldError[];
  /** getaddrinfo, as any program of this device would ask. Resolves early with `timed-out` when the signal fires. */
  lookup(host: string, family: 0 | 4 | 6, signal: AbortSignal): Promise<LookupResult>;
  /** `length` random bytes, for ids. */
  random(length: number): Uint8Array;
  /** Asks a PAC script which proxy is for a URL: the script runs apart, bounded in time and memory. */
  evaluatePac(question: PacQuestion, signal: AbortSignal): Promise<PacAnswer>;
  /** Opens a page in a real browser without a window, in a profile of its own that is thrown away afterwards. */
  browse(request: BrowseRequest, signal: AbortSignal): Promise<BrowserOutcome>;
  /** Holds YARA rules against bytes, bounded in time. */
  scanByRules?(question: RulesQuestion, signal: AbortSignal): Promise<RulesAnswer>;
  /** PEM certificates that this device trusts: the system's store, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE. Read once. */
  trustedCertificates(): Promise<TrustStore>;
}

/** What somebody on the way said of something that was sent. */
export interface ToldError {
  /** Whom it was sent to. */
  readonly address: string;
  readonly from: string;
  readonly type: number;
  readonly code: number;
  /** Monotonic milliseconds. */
  readonly at: number;
  /** After it was sent. */
  readonly ms: number;
}

export interface Policies {
  /** The control group in which sockets are made; null where there is no unified hierarchy. */
  group(): Promise<string | null>;
  /** Attached to that very group; an errno where it may not be asked. */
  ofGroup(group: string): Promise<readonly LoadedProgram[] | string>;
  ofInterface(index: number): Promise<readonly LoadedProgram[] | string>;
  /** False where the whole kernel has no program of the kinds that are put on interfaces. */
  areForInterfaces(): Promise<boolean>;
  /** Sockets out of the topmost group; a text says why there are none. */
  rootSockets(): Promise<Sockets | string>;
}

export interface Identity {
  readonly uid: number | null;
  /** The group under which sockets are opened: rules ask for that one alone. */
  readonly gid?: number | null;
  readonly user: string | null;
  readonly root: boolean;
  readonly privileges: readonly string[];
  readonly sockets: 'ffi' | 'plain';
  /** Why sockets are plain, when they are. */
  readonly reason?: string;
}

export interface LookupResult {
  /** In the order in which programs of this device would try them. Empty with a failure. */
  readonly addresses: readonly string[];
  readonly failure?: Failure<'resolve'>;
}

export interface Clock {
  /** Monotonic milliseconds, with fractions. */
  now(): number;
  wall(): Date;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** An account and its group, by their numbers. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface DialRequest {
  readonly address: string;
  readonly port: number;
  /** Bound on the waiting, in milliseconds. */
  readonly timeoutMs: number;
  readonly interface?: string | null;
  /** Hop limit of what is sent. */
  readonly ttl?: number;
  /** Answers with a lower hop limit are ignored by the kernel. */
  readonly minTtl?: number;
  /** For so many milliseconds answers are not listened to, but for one with the largest hop limit of all. */
  readonly deafMs?: number;
  /** Type of service byte. */
  readonly tos?: number;
  /** It may take no router: the target is looked for on the own link, by `interface`. Of IPv4. */
  readonly unrouted?: true;
  /** Bytes of the largest segment that either side may send. */
  readonly maxSegment?: number;
  /** Closes at once what opens: no stream comes with the result. */
  readonly discard?: boolean;
  /** It can wait a while, where what is on its way elsewhere leaves it no packets yet. */
  readonly patient?: true;
  /** Of the packets that may go there so many have to stay, from now on, for one that `takesKept`. */
  readonly keeps?: number;
  readonly takesKept?: true;
  /** The local port, where it matters that it stays the same: who balances load sends one flow one way. */
  readonly localPort?: number;
  /** Notes by the kernel's clock when an ICMP error came. */
  readonly timed?: true;
  /** As whom the socket is opened, in place of whom everything is: rules that name accounts see that one. As root, on Linux. */
  readonly asAccount?: Account;
  /** Called with the local port after it is bound and before the first packet leaves. May arm a trace. */
  readonly onBound?: (localPort: number) => void | Promise<void>;
}

export interface DialResult {
  readonly failure?: Failure;
  readonly synchronous: boolean;
  readonly ms: number;
  readonly localAddress: string | null;
  readonly localPort: number | null;
  /** Null when this platform does not show it. */
  readonly icmp: readonly IcmpError[] | null;
  readonly tcp: TcpCounters | null;
  /** Milliseconds from the first packet to the last ICMP error, as the kernel saw it come in; where that was asked for. */
  readonly heardMs?: number;
  /** The open connection; the caller owns it and must destroy it. */
  readonly stream?: Duplex;
  /** Packets sent on the open connection so far; to its end once it is closed. */
  readonly sent?: () => number;
  /** The kernel's counters of the open connection now; null once it is closed, and where they cannot be read. */
  readonly counters?: () => LiveCounters | null;
}

export interface LiveCounters extends TcpCounters {
  /** Segments that were sent and that nobody has acknowledged. */
  readonly unacknowledged: number;
  /**
   * Bytes that were never sent. A segment that a rule of this device drops on its way out counts as not sent
   * (tcp_write_xmit; measured), not as unacknowledged. Null where the kernel does not show it.
   */
  readonly unsent: number | null;
  /** Bytes that the other side has room for. Null where the kernel does not show it (before Linux 5.4). */
  readonly sendWindow: number | null;
  /** How often the time until it is sent again has been doubled. */
  readonly backoff: number;
  /** Bytes of each segment that its options take. */
  readonly optionBytes: number;
  /** The largest packet that the kernel sends there: of the interface, or less where a router has told so (tcpi_pmtu). */
  readonly pathMtu: number;
  /** Bytes that came in, in order and once each (tcpi_bytes_received). */
  readonly receivedBytes: number;
}

/** A connection that is being opened. */
export interface Dialling {
  readonly done: Promise<DialResult>;
  /** The kernel's counters now, or null where they cannot be read. */
  peek(): TcpCounters | null;
  /** Ends the waiting: `done` resolves with `timed-out` and the counters of that moment. */
  giveUp(): void;
}

export interface DatagramRequest {
  readonly address: string;
  readonly port: number;
  readonly payload: Uint8Array;
  readonly timeoutMs: number;
  readonly ttl?: number;
  /** The packet is sent whole or not at all, whatever this device has learnt of the path. */
  readonly whole?: true;
  readonly interface?: string | null;
  readonly localPort?: number;
  readonly timed?: true;
  /** An ICMP echo request in place of a datagram: `port` means nothing then, and the kernel sets the header's id. */
  readonly echo?: true;
  readonly onBound?: (localPort: number) => void | Promise<void>;
  /** Whether a datagram that came back is what was waited for; others are counted and the waiting goes on. */
  readonly accept?: (bytes: Uint8Array) => boolean;
}

export interface DatagramResult {
  readonly outcome: 'reply' | Failure<'datagram'>;
  readonly bytes?: Uint8Array;
  readonly ms: number;
  readonly icmp: readonly IcmpError[] | null;
  readonly ignored: number;
  readonly localPort: number | null;
  readonly heardMs?: number;
}

export interface Sockets {
  /** Absent where Node's own sockets serve. */
  readonly converse?: (request: ConverseRequest, signal: AbortSignal) => Promise<ConverseResult>;
  dial(request: DialRequest, signal: AbortSignal): Dialling;
  /** The kernel's counters of a connection that `dial` opened; null once it is closed. Absent where Node's own sockets serve. */
  readonly counters?: (stream: Duplex) => LiveCounters | null;
  /** One datagram on a connected socket of its own (an error for one must not poison another), and its reply. */
  datagram(request: DatagramRequest, signal: AbortSignal): Promise<DatagramResult>;
  /** Connects to a unix socket. */
  dialUnix(path: string, timeoutMs: number, signal: AbortSignal): Dialling;
}

export type FileResult =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly truncated: boolean }
  | { readonly ok: false; readonly code: string };

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'socket' | 'other';
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Both together say which file it is, whatever path led to it. */
  readonly device: number;
  readonly inode: number;
}

export interface FileDetails {
  readonly kind: FileStat['kind'] | 'link';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** As stat(2) gives it: major and minor in one. */
  readonly device: number;
  readonly inode: number;
  /** Names that this very file has. */
  readonly names: number;
}

export interface Files {
  /** Reads at most `maxBytes` (1 MiB when absent) of a regular file. */
  read(path: string, maxBytes?: number): Promise<FileResult>;
  /** The same of its end; `truncated` says that there is more before it. */
  tail(path: string, maxBytes: number): Promise<FileResult>;
  /** Follows links. The error's code when it cannot be looked at. */
  stat(path: string): Promise<FileStat | string>;
  list(directory: string, maxEntries?: number): Promise<readonly string[] | null>;
  /** Where a symbolic link leads, or null when it is none. */
  link(path: string): Promise<string | null>;
  /** The same of many, in the same order. */
  linkAll(paths: readonly string[]): Promise<readonly (string | null)[]>;
  /** Where the links of a directory lead, by their names: /proc/PID/fd has hundreds. Null where it cannot be read. */
  links(directory: string, maxEntries?: number): Promise<ReadonlyMap<string, string> | null>;
  /** Many small files, in the same order, each as `read` gives it: of /proc and of lists of certificates there are hundreds. */
  readAll(paths: readonly string[], maxBytes: number): Promise<readonly FileResult[]>;
  /** Of the path itself, links not followed. The error's code when it cannot be looked at. */
  details(path: string): Promise<FileDetails | string>;
  exists(path: string): Promise<boolean>;
}

export interface RunOptions {
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly input?: string;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** Null when it could not be started or was ended from outside. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  /** `ENOENT` when there is no such program, `timed-out`, `aborted`. */
  readonly error?: string;
}

export interface TraceFlow {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly localPort: number;
}

export interface TraceEvent extends TraceStep {
  /** Monotonic milliseconds. */
  readonly at: number;
  readonly direction: 'out' | 'in';
  readonly localPort: number;
  /** The packet's mark at that step, where a rule has given it one. */
  readonly mark?: number;
  /** Which packet it is, where it carries something of what is said on a connection. */
  readonly said?: number;
}

/** The network that this process has come from: packets of a container pass it on their way out. */
export interface Around {
  /** Sees packets where they come in, pass, and leave. */
  readonly tracer: Tracer;
  readonly sockets: Sockets;
  run(program: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** Settings of that network, below /proc/sys/net. Null where there is none of that name. */
  setting(name: string): string | null;
}

/** Follows our own packets through the kernel's rulesets, in a table that the kernel removes when we die. */
export interface Tracer {
  open(signal: AbortSignal): Promise<TraceSession | Failure>;
}

export interface TraceSession {
  /** Rules for this flow and its answers are in force when it resolves. False when the kernel refused. */
  follow(flow: TraceFlow): Promise<boolean>;
  /** Steps in everybody's rulesets; our own table's are left out. */
  events(): readonly TraceEvent[];
  /** Whether a packet of that local port was seen at all to leave or to come, be there any ruleset or none. */
  seen(localPort: number): Seen;
  /** Resolves when an event for that local port satisfies the test, or with null after `ms`. */
  wait(localPort: number, test: (event: TraceEvent) => boolean, ms: number): Promise<TraceEvent | null>;
  /** Steps of iptables-legacy with traced packets, as lines of the kernel's log, where they came over netlink. */
  logged(): readonly string[];
  /**
   * Why the kernel throws away what is sent to a place behind all rules, each time it is tried: names of its own (enum
   * skb_drop_reason). Empty where it does not, or does not tell. It sends two packets.
   */
  lost(
    protocol: 'tcp' | 'udp',
    to: { readonly address: string; readonly port: number; readonly interface: string | null },
  ): readonly string[];
  /**
   * Whether the kernel throws the answer of a TCP connection away at our very socket, behind all rules. It sends one
   * packet, and waits for the answer.
   */
  answerLost(to: {
    readonly address: string;
    readonly port: number;
    readonly interface: string | null;
  }): Promise<AnswerLost | null>;
  close(): Promise<void>;
}

/** What is known of a flow's packets beside what rules did with them. */
export interface Seen {
  readonly out: boolean;
  readonly in: boolean;
  /** This device itself sent the answer, from the very address and port that were asked: no translation led elsewhere. */
  readonly answeredHere?: true;
  /** Senders of what goes to the target, and receivers of what comes from it, where they first came into sight. */
  readonly ends?: readonly string[];
  /** The sender of what went out, behind all rules and translations. A tracer that stands around another network alone tells. */
  readonly leftAs?: string;
  /** The last packets, each way, that carried something of what is said on the connection. */
  readonly lastSaid?: { readonly out: number | null; readonly in: number | null };
}

/** Packets that came in for our own socket, and that the kernel threw away there. */
export interface AnswerLost {
  /** SOCKET_FILTER: a program of BPF, of the control group since the socket has none, or a security module. */
  readonly reason: 'SOCKET_FILTER';
  readonly dropped: number;
  /** BPF programs on what comes in for our control group; null where that cannot be asked. */
  readonly groupPrograms: number | null;
}
