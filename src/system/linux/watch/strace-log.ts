import { isIPv4 } from 'node:net';
import type { ProgramTry } from '../../../model/program.js';
import { canonical } from '../../../model/address.js';
import { connectFailure } from '../../classify-connect.js';
import { UsersOfThreads } from './users-of-threads.js';

/** One connection of a program, as it goes on. */
export interface Watched {
  readonly address: string;
  readonly port: number;
  outcome: ProgramTry['outcome'];
  synchronous: boolean;
  /** As whom it was made, where that is known: under strace, where the program has become somebody else. */
  user?: number;
  /** Monotonic milliseconds at which it began, and at which something was last heard of it. */
  readonly began: number;
  heard: number;
}

/** It got no socket of that family, or was ended as it called connect(2), whatever for: a filter sees no address. */
export interface RefusedSocket {
  readonly family: 4 | 6;
  readonly errno: string;
  readonly call: 'socket' | 'connect';
}

/** A socket file that could not be connected to. */
export interface RefusedFile {
  readonly path: string;
  readonly errno: string;
}

const mostConnections = 2_000;
const mostSockets = 20_000;
const mostRefusals = 100;

/**
 * Reads what strace(1) writes of socket, connect and getsockopt (`-f -y -T`), in pieces. A program could write such lines
 * into the same file: they cost it nothing but a wrong answer about itself.
 */
export class StraceLog {
  readonly connections: Watched[] = [];
  readonly files: RefusedFile[] = [];
  /** Sandboxes that the command, or what it started, went into by itself. */
  readonly entered = new Set<'landlock' | 'seccomp'>();
  readonly #byThread = new Map<string, string>();
  /** Sockets that are not for streams. */
  readonly #others = new Set<string>();
  readonly #latest = new Map<string, Watched>();
  readonly #users = new UsersOfThreads();
  readonly #threads = new Map<Watched, string>();
  readonly #refused: RefusedSocket[] = [];
  readonly #opened = new Set<4 | 6>();
  /** By thread, a call that the kernel did not carry out: what gives its number back is either killed for it or handles SIGSYS. */
  readonly #taken = new Map<string, { readonly watched: Watched } | { readonly family: 4 | 6 } | 'connect'>();
  #rest = '';

  /** Families of which it got no socket at all. */
  get refused(): readonly RefusedSocket[] {
    return this.#refused.filter(({ family }) => !this.#opened.has(family));
  }

  /** As whom that connection was made, where the program has become somebody else. */
  userOf(watched: Watched): number | undefined {
    return this.#users.of(this.#threads.get(watched) ?? '');
  }

  feed(text: string, now: number): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(-4_096);
    for (const line of lines) this.#line(line.slice(0, 4_096), now);
  }

  #line(line: string, now: number): void {
    const [, thread = '', timed = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    const [, call = timed, took] = / <\d+\.\d+>$/.test(timed) ? (/^(.*) <([\d.]+)>$/.exec(timed) ?? []) : [];
    if (call.startsWith('+++ killed by SIGSYS')) {
      this.#killed(thread);
      return;
    }
    if (call.endsWith('<unfinished ...>')) {
      const half = call.slice(0, -'<unfinished ...>'.length).trimEnd();
      if (this.#byThread.size > mostSockets) this.#byThread.clear();
      this.#byThread.set(thread, half);
      const begun = connectIn(`${half}) = ?`);
      if (begun) this.#begin(begun, now, thread);
      return;
    }
    const [, resumed] = /^<\.\.\. \w+ resumed>(.*)$/.exec(call) ?? [];
    const whole = resumed === undefined ? call : `${this.#byThread.get(thread) ?? ''}${resumed}`;
    if (resumed !== undefined) this.#byThread.delete(thread);
    this.#taken.delete(thread);
    this.#users.read(thread, whole);
    this.#call(whole, now, thread, { resumed: resumed !== undefined, seconds: took === undefined ? 0 : Number(took) });
  }

  #call(call: string, now: number, thread: string, { resumed, seconds }: Pace): void {
    if (call.startsWith('socket(')) {
      this.#socket(call, thread);
      return;
    }
    if (/^landlock_restrict_self\(.*= 0$/.test(call)) this.entered.add('landlock');
    if (/^(?:seccomp\(SECCOMP_SET_MODE_(?:FILTER|STRICT)|prctl\(PR_SET_SECCOMP).*= 0$/.test(call))
      this.entered.add('seccomp');
    const connect = connectIn(call);
    if (connect) {
      const watched = resumed ? this.#latest.get(connect.socket) : this.#begin(connect, now, thread);
      if (watched && connect.errno === notCarriedOut) this.#taken.set(thread, { watched });
      else if (watched) this.#heard(watched, connect.errno, now, !resumed && isAtOnce(connect, seconds));
      return;
    }
    const file = /^connect\(.*\{sa_family=AF_UNIX, sun_path="(\/[^"]*)"\}, \d+\)\s+= -1 (\w+)/.exec(call);
    if (file?.[1] !== undefined && file[2] !== undefined && this.files.length < mostRefusals) {
      if (!goesOn.has(file[2]) || file[2] === 'EAGAIN') this.files.push({ path: file[1], errno: file[2] });
      return;
    }
    if (/^connect\(.*\)\s+= [1-9]\d*$/.test(call)) this.#taken.set(thread, 'connect');
    const error = /^getsockopt\(\d+<socket:\[(\d+)\]>, SOL_SOCKET, SO_ERROR, \[(\w+)\]/.exec(call);
    const watched = error?.[1] === undefined ? undefined : this.#latest.get(error[1]);
    if (watched?.outcome === 'unknown') this.#heard(watched, error?.[2] ?? '', now, false);
  }

  #socket(call: string, thread: string): void {
    const [, domain, type, result = ''] = /^socket\((\w+), (SOCK_\w+)[^)]*\)\s+= (.*)$/.exec(call) ?? [];
    const family = domain === 'AF_INET' ? 4 : domain === 'AF_INET6' ? 6 : null;
    const made = /^\d+<socket:\[(\d+)\]>/.exec(result)?.[1];
    if (made !== undefined) {
      if (family !== null) this.#opened.add(family);
      if (type !== 'SOCK_STREAM' && this.#others.size < mostSockets) this.#others.add(made);
      return;
    }
    if (family === null || type === 'SOCK_RAW') return;
    const errno = /^-1 (\w+)/.exec(result)?.[1];
    if (errno === undefined) this.#taken.set(thread, { family });
    else if (this.#refused.length < mostRefusals) this.#refused.push({ family, errno, call: 'socket' });
  }

  /** It ended by the very call before: a filter of seccomp's kills so (seccomp(2)). */
  #killed(thread: string): void {
    const taken = this.#taken.get(thread);
    if (taken === undefined) return;
    if (taken === 'connect')
      for (const family of [4, 6] as const) this.#refused.push({ family, errno: 'SIGSYS', call: 'connect' });
    else if ('family' in taken) this.#refused.push({ family: taken.family, errno: 'SIGSYS', call: 'socket' });
    else {
      taken.watched.outcome = { operation: 'connect', code: 'not-permitted', raw: 'SIGSYS' };
      taken.watched.synchronous = true;
    }
  }

  #begin({ socket, address, port }: Connect, now: number, thread: string): Watched | undefined {
    if (this.#others.has(socket)) return undefined;
    const before = this.#latest.get(socket);
    // A program may ask again how it stands by the same call.
    if (before?.outcome === 'unknown' && before.address === address && before.port === port) return before;
    if (this.connections.length >= mostConnections) return undefined;
    const watched: Watched = { address, port, outcome: 'unknown', synchronous: false, began: now, heard: now };
    this.connections.push(watched);
    this.#threads.set(watched, thread);
    this.#latest.set(socket, watched);
    return watched;
  }

  #heard(watched: Watched, errno: string, now: number, atOnce: boolean): void {
    watched.heard = now;
    if (errno === '' || errno === '0' || errno === 'EISCONN') watched.outcome = 'connected';
    else if (!goesOn.has(errno)) {
      watched.outcome = connectFailure(errno);
      watched.synchronous = atOnce && local.has(errno);
    }
  }
}

/** Neither success nor an error: a filter of seccomp's took the call, and its number stands where the result would. */
const notCarriedOut = 'taken';

/** It is on its way, or the call was broken off by a signal. */
const goesOn: ReadonlySet<string> = new Set(['EINPROGRESS', 'EALREADY', 'EAGAIN', 'EINTR', 'ERESTARTSYS', '?']);
/** What connect() says before a packet is sent. EACCES can come from outside as well (ICMPv6), after a while. */
const local: ReadonlySet<string> = new Set([
  'EPERM',
  'EACCES',
  'ENETUNREACH',
  'EINVAL',
  'EADDRNOTAVAIL',
  'EHOSTUNREACH',
  'ENOSYS',
]);

interface Pace {
  readonly resumed: boolean;
  /** How long the call took. */
  readonly seconds: number;
}

/** A blocking call ends with what a router said as well, by the same codes: EACCES of ICMPv6 alone (1/1, 1/5, 1/6). */
function isAtOnce({ address, errno }: Connect, seconds: number): boolean {
  return errno === 'EPERM' || errno === 'ENOSYS' || (errno === 'EACCES' && isIPv4(address)) || seconds < 0.005;
}

interface Connect {
  readonly socket: string;
  readonly address: string;
  readonly port: number;
  /** Empty for success. */
  readonly errno: string;
}

function connectIn(call: string): Connect | null {
  const parts =
    /^connect\(\d+<socket:\[(\d+)\]>, \{sa_family=AF_INET6?, sin6?_port=htons\((\d+)\), (.*?)\}?, \d+\)\s+= (.*)$/.exec(
      call,
    );
  const [, socket, port, where = '', result = ''] = parts ?? [];
  const address = /inet_(?:addr\("|pton\(AF_INET6, ")([0-9a-f.:]+)"/.exec(where)?.[1];
  if (socket === undefined || address === undefined || Number(port) === 0) return null;
  const errno =
    /^-1 (\w+)/.exec(result)?.[1] ?? (result.startsWith('?') ? '?' : /^0\b/.test(result) ? '' : notCarriedOut);
  return { socket, address: plain(address), port: Number(port), errno };
}

/** IPv4 inside of IPv6 (::ffff:192.0.2.1) goes out as IPv4. */
function plain(address: string): string {
  const inside = /^::ffff:(.*)$/.exec(address)?.[1];
  return inside !== undefined && isIPv4(inside) ? inside : canonical(address);
}
