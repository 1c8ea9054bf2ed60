import type { Duplex } from 'node:stream';
import type { Failure, FailureCode } from '../src/model/failure.js';
import type { BrowserOutcome } from '../src/model/browser-facts.js';
import type { TcpCounters } from '../src/model/facts.js';
import type {
  BrowseRequest,
  PacAnswer,
  PacQuestion,
  RulesAnswer,
  RulesQuestion,
} from '../src/model/engine-questions.js';
import type {
  DatagramRequest,
  DatagramResult,
  Dialling,
  DialRequest,
  DialResult,
  FileDetails,
  Files,
  FileStat,
  Identity,
  LookupResult,
  RunOptions,
  RunResult,
  System,
  Tracer,
} from '../src/model/system.js';
import type { TrustStore } from '../src/model/trust-store.js';
import { virtualClock } from './virtual-clock.js';

/** `silent` waits for the whole timeout; a connect failure's code fails at once; a Duplex is an open connection. */
export type ScriptedDial =
  | 'silent'
  | FailureCode<'connect'>
  | Duplex
  | (Partial<DialResult> & { readonly silent?: true });
export type ScriptedDatagram = 'silent' | FailureCode<'datagram'> | Uint8Array | Partial<DatagramResult>;
export type ScriptedRun = string | Partial<RunResult>;
export type ScriptedFile =
  | string
  | Uint8Array
  | { readonly link: string }
  | { readonly error: string }
  /** What is no ordinary file, or has other rights than 0644 of root. */
  | { readonly stat: Partial<FileStat>; readonly details?: Partial<FileDetails> };

export interface Script {
  readonly platform?: string;
  readonly identity?: Partial<Identity>;
  /** `nth` counts the requests to the same address and port, from 0. Refused when absent. */
  readonly dial?: (request: DialRequest, nth: number) => ScriptedDial | Promise<ScriptedDial>;
  readonly dialUnix?: (path: string) => ScriptedDial | Promise<ScriptedDial>;
  /** Silent when absent. */
  readonly datagram?: (request: DatagramRequest, nth: number) => ScriptedDatagram | Promise<ScriptedDatagram>;
  /** By name; not found when absent. */
  readonly lookup?: Readonly<Record<string, readonly string[] | FailureCode<'resolve'> | 'silent'>>;
  /** By path. A directory is what other paths lie in. */
  readonly files?: Readonly<Record<string, ScriptedFile>>;
  /** By `program argument argument…` or by a function; ENOENT when it gives nothing. */
  readonly run?:
    | Readonly<Record<string, ScriptedRun>>
    | ((program: string, args: readonly string[], options?: RunOptions) => ScriptedRun | undefined);
  readonly environment?: Readonly<Record<string, string>>;
  /** How a page fares in a browser. */
  readonly browse?: (request: BrowseRequest) => BrowserOutcome;
  /** What a PAC script answers. */
  readonly pac?: (question: PacQuestion) => PacAnswer;
  /** What YARA rules find. */
  readonly rules?: (question: RulesQuestion) => RulesAnswer;
  readonly tracer?: Tracer | null;
  readonly certificates?: TrustStore;
  readonly wall?: Date;
}

export interface FakeSystem extends System {
  /** What was asked of it, in order. */
  readonly asked: {
    readonly dials: DialRequest[];
    readonly unix: string[];
    readonly datagrams: DatagramRequest[];
    readonly lookups: { readonly host: string; readonly family: 0 | 4 | 6 }[];
    readonly runs: string[];
    readonly reads: string[];
  };
}

const scriptedIdentity: Identity = { uid: 1000, user: 'test', root: false, privileges: [], sockets: 'ffi' };
export const silentCounters: TcpCounters = {
  segmentsOut: 3,
  segmentsIn: 0,
  retransmitted: 1,
  totalRetransmitted: 2,
  rttUs: 0,
};

/** A System that does what the script says, on a clock on which nobody waits. */
export function fakeSystem(script: Script = {}): FakeSystem {
  const clock = virtualClock(script.wall);
  const asked: FakeSystem['asked'] = { dials: [], unix: [], datagrams: [], lookups: [], runs: [], reads: [] };
  let nextPort = 40_000;
  const sleepUntilAborted = (signal: AbortSignal, ms: number): Promise<void> => clock.sleep(ms, signal);

  const dialling = (
    answer: () => ScriptedDial | Promise<ScriptedDial>,
    timeoutMs: number,
    signal: AbortSignal,
    localPort: number | null,
    onBound?: DialRequest['onBound'],
  ): Dialling => {
    const ended = new AbortController();
    const stop = AbortSignal.any([signal, ended.signal]);
    let counters: TcpCounters | null = null;
    const begun = clock.now();
    const work = async (): Promise<DialResult> => {
      if (onBound && localPort !== null) await onBound(localPort);
      const scripted = await answer();
      const result = asDialResult(scripted);
      const silent = scripted === 'silent' || (typeof scripted === 'object' && 'silent' in scripted);
      counters = result.tcp ?? (silent ? silentCounters : null);
      const takes = result.ms ?? (silent ? timeoutMs : 1);
      await sleepUntilAborted(stop, Math.min(takes, timeoutMs));
      const timedOut: Failure<'connect'> = { operation: 'connect', code: 'timed-out', raw: 'timeout' };
      const late = stop.aborted || takes > timeoutMs || silent;
      const ms = clock.now() - begun;
      const base = { synchronous: false, icmp: [], tcp: counters, localAddress: '192.0.2.2', localPort, ...result, ms };
      if (!late) return base;
      const { stream, ...rest } = base;
      stream?.destroy();
      // Who would have told later has told nothing yet.
      return { ...rest, ...(!silent && { icmp: [] }), failure: timedOut };
    };
    return { done: work(), peek: () => counters, giveUp: () => ended.abort() };
  };

  return {
    platform: script.platform ?? 'linux',
    identity: { ...scriptedIdentity, ...script.identity },
    clock,
    asked,
    tracer: script.tracer ?? null,
    environment: (name) => script.environment?.[name],
    random: (length) => Uint8Array.from({ length }, (_, i) => (i * 37 + 11) & 255),
    browse: (request) => Promise.resolve(script.browse?.(request) ?? { state: 'not-run', why: 'no browser' }),
    evaluatePac: (question) =>
      Promise.resolve(script.pac?.(question) ?? { state: 'unavailable', raw: 'no engine for scripts' }),
    scanByRules: (question) =>
      Promise.resolve(script.rules?.(question) ?? { state: 'unavailable', raw: 'no engine for rules' }),
    trustedCertificates: () => Promise.resolve(script.certificates ?? { pem: [], sources: [] }),
    sockets: {
      dial: (request, signal) => {
        const nth = asked.dials.filter((other) => sameEndpoint(other, request)).length;
        asked.dials.push(request);
        const answer = (): ScriptedDial | Promise<ScriptedDial> => script.dial?.(request, nth) ?? 'refused';
        return dialling(answer, request.timeoutMs, signal, nextPort++, request.onBound);
      },
      dialUnix: (path, timeoutMs, signal) => {
        asked.unix.push(path);
        return dialling(() => script.dialUnix?.(path) ?? 'not-found', timeoutMs, signal, null);
      },
      datagram: async (request, signal) => {
        const nth = asked.datagrams.filter((other) => sameEndpoint(other, request)).length;
        asked.datagrams.push(request);
        const localPort = nextPort++;
        const begun = clock.now();
        await request.onBound?.(localPort);
        const scripted = (await script.datagram?.(request, nth)) ?? 'silent';
        const result = asDatagramResult(scripted, request);
        await sleepUntilAborted(signal, Math.min(result.ms ?? 1, request.timeoutMs));
        const late = signal.aborted || (result.ms ?? 0) > request.timeoutMs;
        const timedOut: Failure<'datagram'> = { operation: 'datagram', code: 'timed-out', raw: 'timeout' };
        const { bytes, ...rest } = {
          outcome: timedOut,
          icmp: [],
          ignored: 0,
          localPort,
          ...result,
          ms: clock.now() - begun,
        };
        if (late) return { ...rest, outcome: timedOut };
        return bytes === undefined ? rest : { ...rest, bytes };
      },
    },
    lookup: async (host, family, signal): Promise<LookupResult> => {
      asked.lookups.push({ host, family });
      const scripted = script.lookup?.[host] ?? 'not-found';
      const failure = (code: FailureCode<'resolve'>, raw: string): LookupResult => ({
        addresses: [],
        failure: { operation: 'resolve', code, raw },
      });
      await clock.sleep(scripted === 'silent' ? 60_000 : 1, signal);
      if (signal.aborted || scripted === 'silent') return failure('timed-out', 'timeout');
      if (typeof scripted === 'string') return failure(scripted, rawNames[scripted]);
      const addresses = scripted.filter((address) => family === 0 || (family === 6) === address.includes(':'));
      return addresses.length > 0 ? { addresses } : failure('not-found', 'ENOTFOUND');
    },
    files: fakeFiles(script.files ?? {}, asked.reads),
    run: async (program, args, options): Promise<RunResult> => {
      const line = [program, ...args].join(' ');
      asked.runs.push(line);
      const scripted = typeof script.run === 'function' ? script.run(program, args, options) : script.run?.[line];
      const nothing = { exit: 0, stdout: '', stderr: '', truncated: false };
      if (scripted === undefined) return { ...nothing, exit: null, error: 'ENOENT' };
      return typeof scripted === 'string' ? { ...nothing, stdout: scripted } : { ...nothing, ...scripted };
    },
  };
}

const rawNames: Readonly<Record<FailureCode<'resolve'>, string>> = {
  'not-found': 'ENOTFOUND',
  'temporary-failure': 'EAI_AGAIN',
  'no-resolver': 'EAI_AGAIN',
  failed: 'EAI_FAIL',
  'timed-out': 'timeout',
  'useless-address': '0.0.0.0',
};

function sameEndpoint(a: { address: string; port: number }, b: { address: string; port: number }): boolean {
  return a.address === b.address && a.port === b.port;
}

function asDialResult(scripted: ScriptedDial): Partial<DialResult> {
  if (scripted === 'silent') return {};
  if (typeof scripted === 'string') return { failure: { operation: 'connect', code: scripted, raw: scripted } };
  if ('pipe' in scripted) return { stream: scripted };
  const { silent: _, ...result } = scripted;
  return result;
}

function asDatagramResult(scripted: ScriptedDatagram, request: DatagramRequest): Partial<DatagramResult> {
  if (scripted === 'silent') return { ms: request.timeoutMs };
  if (typeof scripted === 'string') return { outcome: { operation: 'datagram', code: scripted, raw: scripted } };
  if (!(scripted instanceof Uint8Array)) return scripted;
  // What is not accepted is counted, and the waiting goes on, as on a real socket.
  if (request.accept && !request.accept(scripted)) return { ms: request.timeoutMs, ignored: 1 };
  return { outcome: 'reply', bytes: scripted };
}

function fakeFiles(files: Readonly<Record<string, ScriptedFile>>, reads: string[]): System['files'] {
  const paths = Object.keys(files);
  const bytesOf = (path: string, depth = 0): Uint8Array | string => {
    const file = files[path];
    if (file === undefined) return 'ENOENT';
    if (typeof file === 'string') return new TextEncoder().encode(file);
    if (file instanceof Uint8Array) return file;
    if ('error' in file) return file.error;
    if ('stat' in file) return 'not a regular file';
    return depth > 8 ? 'ELOOP' : bytesOf(file.link, depth + 1);
  };
  const own: Files = {
    readAll: (names, maxBytes) => Promise.all(names.map((name) => own.read(name, maxBytes))),
    linkAll: (names) => Promise.all(names.map((name) => own.link(name))),
    read: (path, maxBytes = 1024 * 1024) => {
      reads.push(path);
      const bytes = bytesOf(path);
      if (typeof bytes === 'string') return Promise.resolve({ ok: false, code: bytes });
      return Promise.resolve({ ok: true, bytes: bytes.subarray(0, maxBytes), truncated: bytes.length > maxBytes });
    },
    tail: (path, maxBytes) => {
      reads.push(path);
      const bytes = bytesOf(path);
      if (typeof bytes === 'string') return Promise.resolve({ ok: false, code: bytes });
      const start = Math.max(0, bytes.length - maxBytes);
      return Promise.resolve({ ok: true, bytes: bytes.subarray(start), truncated: start > 0 });
    },
    stat: (path) => {
      const file = files[path];
      const leads = typeof file === 'object' && 'link' in file ? file.link : path;
      const usual = {
        kind: 'file',
        mode: 0o644,
        uid: 0,
        gid: 0,
        device: 65_024,
        inode: paths.indexOf(leads) + 2,
      } as const;
      if (typeof file === 'object' && 'stat' in file) return Promise.resolve({ ...usual, ...file.stat });
      if (typeof file === 'object' && 'error' in file) return Promise.resolve(file.error);
      if (file !== undefined) return Promise.resolve(usual);
      const directory = paths.some((other) => other.startsWith(path.endsWith('/') ? path : `${path}/`));
      return Promise.resolve(directory ? { ...usual, kind: 'directory', mode: 0o755 } : 'ENOENT');
    },
    list: (directory, maxEntries = 10_000) => {
      const prefix = directory.endsWith('/') ? directory : `${directory}/`;
      const inside = paths
        .filter((path) => path.startsWith(prefix))
        .map((path) => path.slice(prefix.length).split('/')[0] ?? '');
      return Promise.resolve(inside.length === 0 ? null : [...new Set(inside)].slice(0, maxEntries));
    },
    link: (path) => {
      const file = files[path];
      return Promise.resolve(typeof file === 'object' && 'link' in file ? file.link : null);
    },
    links: (directory, maxEntries = 10_000) => {
      const inside = Object.entries(files).filter(
        ([path]) => path.startsWith(`${directory}/`) && !path.slice(directory.length + 1).includes('/'),
      );
      const found = inside.flatMap(([path, file]) =>
        typeof file === 'object' && 'link' in file ? [[path.slice(directory.length + 1), file.link] as const] : [],
      );
      return Promise.resolve(inside.length === 0 ? null : new Map(found.slice(0, maxEntries)));
    },
    details: (path) => {
      const usual = {
        kind: 'file',
        mode: 0o644,
        uid: 0,
        gid: 0,
        size: 0,
        modified: 0,
        device: 65_024,
        inode: 1,
        names: 1,
      } as const;
      const file = files[path];
      if (file === undefined) {
        const above = paths.some((other) => other.startsWith(`${path}/`));
        return Promise.resolve(above ? { ...usual, kind: 'directory', mode: 0o755 } : 'ENOENT');
      }
      if (typeof file === 'object' && 'error' in file) return Promise.resolve(file.error);
      if (typeof file === 'object' && 'link' in file) return Promise.resolve({ ...usual, kind: 'link' });
      if (typeof file === 'object' && 'stat' in file)
        return Promise.resolve({ ...usual, ...file.stat, ...file.details });
      const bytes = bytesOf(path);
      return Promise.resolve({ ...usual, size: typeof bytes === 'string' ? 0 : bytes.length });
    },
    exists: (path) => Promise.resolve(path in files || paths.some((other) => other.startsWith(`${path}/`))),
  };
  return own;
}
