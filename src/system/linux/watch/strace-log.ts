import { isIPv4 } from 'node:net';
import type { ProgramTry } from '../../../model/program.js';
import { canonical } from '../../../model/address.js';
import { connectFailure } from '../../classify-connect.js';

/** One connection of a program, as it goes on. */
export interface Watched {
  readonly address: string;
  readonly port: number;
  outcome: ProgramTry['outcome'];
  synchronous: boolean;
  /** Monotonic milliseconds at which it began, and at which something was last heard of it. */
  readonly began: number;
  heard: number;
}

const mostConnections = 2_000;
const mostSockets = 20_000;

/**
 * Reads what strace(1) writes of socket, connect and getsockopt (`-f -y`), in pieces. A program could write such lines
 * into the same file: they cost it nothing but a wrong answer about itself.
 */
export class StraceLog {
  readonly connections: Watched[] = [];
  /** Sandboxes that the command, or what it started, went into by itself. */
  readonly entered = new Set<'landlock' | 'seccomp'>();
  readonly #byThread = new Map<string, string>();
  /** Sockets that are not for streams. */
  readonly #others = new Set<string>();
  readonly #latest = new Map<string, Watched>();
  #rest = '';

  feed(text: string, now: number): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(-4_096);
    for (const line of lines) this.#line(line.slice(0, 4_096), now);
  }

  #line(line: string, now: number): void {
    const [, thread = '', call = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    if (call.endsWith('<unfinished ...>')) {
      const half = call.slice(0, -'<unfinished ...>'.length).trimEnd();
      if (this.#byThread.size > mostSockets) this.#byThread.clear();
      this.#byThread.set(thread, half);
      const begun = connectIn(`${half}) = ?`);
      if (begun) this.#begin(begun, now);
      return;
    }
    const [, resumed] = /^<\.\.\. \w+ resumed>(.*)$/.exec(call) ?? [];
    const whole = resumed === undefined ? call : `${this.#byThread.get(thread) ?? ''}${resumed}`;
    if (resumed !== undefined) this.#byThread.delete(thread);
    this.#call(whole, now, resumed !== undefined);
  }

  #call(call: string, now: number, resumed: boolean): void {
    const made = /^socket\(\w+, (SOCK_\w+)[^)]*\)\s+= \d+<socket:\[(\d+)\]>/.exec(call);
    if (made?.[2] !== undefined) {
      if (made[1] !== 'SOCK_STREAM' && this.#others.size < mostSockets) this.#others.add(made[2]);
      return;
    }
    if (/^landlock_restrict_self\(.*= 0$/.test(call)) this.entered.add('landlock');
    if (/^(?:seccomp\(SECCOMP_SET_MODE_(?:FILTER|STRICT)|prctl\(PR_SET_SECCOMP).*= 0$/.test(call))
      this.entered.add('seccomp');
    const connect = connectIn(call);
    if (connect) {
      const watched = resumed ? this.#latest.get(connect.socket) : this.#begin(connect, now);
      if (watched) this.#heard(watched, connect.errno, now, !resumed);
      return;
    }
    const error = /^getsockopt\(\d+<socket:\[(\d+)\]>, SOL_SOCKET, SO_ERROR, \[(\w+)\]/.exec(call);
    const watched = error?.[1] === undefined ? undefined : this.#latest.get(error[1]);
    if (watched?.outcome === 'unknown') this.#heard(watched, error?.[2] ?? '', now, false);
  }

  #begin({ socket, address, port }: Connect, now: number): Watched | undefined {
    if (this.#others.has(socket)) return undefined;
    const before = this.#latest.get(socket);
    // A program may ask again how it stands by the same call.
    if (before?.outcome === 'unknown' && before.address === address && before.port === port) return before;
    if (this.connections.length >= mostConnections) return undefined;
    const watched: Watched = { address, port, outcome: 'unknown', synchronous: false, began: now, heard: now };
    this.connections.push(watched);
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
]);

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
  const errno = /^-1 (\w+)/.exec(result)?.[1] ?? (result.startsWith('?') ? '?' : '');
  return { socket, address: plain(address), port: Number(port), errno };
}

/** IPv4 inside of IPv6 (::ffff:192.0.2.1) goes out as IPv4. */
function plain(address: string): string {
  const inside = /^::ffff:(.*)$/.exec(address)?.[1];
  return inside !== undefined && isIPv4(inside) ? inside : canonical(address);
}
