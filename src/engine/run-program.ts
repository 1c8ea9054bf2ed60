import type { ProgramTry } from '../model/program.js';
import type { Report } from '../model/report.js';
import type { System } from '../model/system.js';
import type { WatchedRun } from '../system/linux/watch/run-watched.js';
import type { RefusedFile, Watched } from '../system/linux/watch/strace-log.js';
import { familyOf } from '../model/address.js';
import { wordsIn } from './words-of-command.js';
import { type NamedTarget, targetFor, targetsIn } from './run-targets.js';

export interface RunOutcome {
  /** The command's own exit code; null where it never ran. */
  readonly exit: number;
  readonly reports: readonly Report[];
  /** Connections that were seen, and failed ones that were left out beyond the bound. */
  readonly connections: number;
  readonly leftOut: number;
  /** We ended it: it did nothing any more but wait for answers. */
  readonly stopped: boolean;
}

export interface RunInput {
  readonly words: readonly string[];
  readonly run: WatchedRun;
  readonly system: System;
  /** One diagnosis as the command: the target, what it tried of it, and how. */
  readonly diagnose: (target: string, tried: readonly ProgramTry[], manner: Manner) => Promise<Report>;
  /** Bound on the command's own time; null where it has as long as it takes. */
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal;
}

/** How the command itself goes about it, where that is not how this diagnosis would. */
export interface Manner {
  /** As whom: a user's number; null: as whoever started it. */
  readonly user: number | null;
  /** Through which proxy: a URL, or false for none; null: whatever the environment says. */
  readonly proxy: string | false | null;
  /** Variables that the command's own words set for it. */
  readonly variables: ReadonlyMap<string, string>;
}

const mostReports = 8;
const lookEveryMs = 100;
/** A connection that says nothing for so long is diagnosed while the command goes on waiting. */
const silentMs = 3_000;
/** A command that for so long has done nothing but wait for such answers is ended: the kernel itself waits for two minutes. */
const hopelessMs = 20_000;

/** Waits for the command, and diagnoses each connection of it that failed: the silent ones meanwhile. */
export async function watchRun(input: RunInput): Promise<RunOutcome> {
  const { run, system, signal } = input;
  const { clock } = system;
  const began = clock.now();
  const end: { code: number | null } = { code: null };
  let stopped = false;
  const ended = run.ended.then((code) => void (end.code = code));
  const named = targetsIn(input.words, system, signal);
  const diagnosed = new Map<string, Promise<Report>>();
  let leftOut = 0;
  const consider = async (groups: readonly Group[]): Promise<void> => {
    for (const { target, tries, manner } of groups) {
      if (diagnosed.has(target)) continue;
      if (diagnosed.size >= mostReports) leftOut += 1;
      else diagnosed.set(target, input.diagnose(target, tries, manner));
    }
    await Promise.all(diagnosed.values());
  };
  let busy: Promise<void> | null = null;
  while (end.code === null && !signal.aborted) {
    await Promise.race([ended, clock.sleep(lookEveryMs, signal)]);
    const now = clock.now();
    const silent = run.connections().filter((one) => one.outcome === 'unknown' && now - one.began >= silentMs);
    if (silent.length > 0 && busy === null) {
      const groups = groupsOf(silent, run.connections(), await named);
      busy = consider(groups).then(() => void (busy = null));
    }
    const hopeless = silent.length > 0 && run.connections().every((one) => now - one.heard >= hopelessMs);
    const late = input.timeoutMs !== null && now - began >= input.timeoutMs;
    if (end.code === null && (late || (hopeless && busy === null))) {
      stopped = true;
      run.stop();
      await Promise.race([ended, clock.sleep(4_000, signal)]);
      break;
    }
  }
  if (signal.aborted) {
    await Promise.race([ended, clock.sleep(2_000)]);
    run.stop();
  }
  await busy;
  const all = run.connections();
  const failing = all.filter(({ outcome }) => outcome !== 'connected');
  const code = end.code ?? 143;
  if (!signal.aborted) {
    await consider(groupsOf(failing, all, await named));
    if (code !== 0 && !stopped) await consider(unseen(run, input.words, await named, [...diagnosed.keys()]));
  }
  // A command that fails, or is ended, without an answer did not only wait: that we got through is no word about it.
  const unanswered = code === 0 ? [] : groupsOf(failing, all, await named).map(({ target }) => target);
  const reports = await Promise.all([...diagnosed].map(async ([target, report]) => ({ target, report: await report })));
  const isTold = ({ target, report }: (typeof reports)[number]): boolean =>
    report.verdict.outcome !== 'reachable' || unanswered.includes(target) || hasFailedTry(report);
  return {
    exit: code,
    reports: reports.filter(isTold).map(({ report }) => report),
    connections: all.length,
    leftOut,
    stopped,
  };
}

interface Group {
  readonly target: string;
  readonly tries: readonly ProgramTry[];
  readonly manner: Manner;
}

/** By what was meant; without those where another connection to the same held, be it at another address. */
function groupsOf(failing: readonly Watched[], all: readonly Watched[], named: readonly NamedTarget[]): Group[] {
  const target = ({ address, port }: Watched): string => targetFor(address, port, named);
  const held = new Set(all.filter(({ outcome }) => outcome === 'connected').map(target));
  const groups = new Map<string, Watched[]>();
  for (const one of failing) {
    const key = target(one);
    if (!held.has(key)) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].map(([key, tries]) => ({
    target: key,
    tries: tries.map(tryOf),
    manner: { user: tries.at(-1)?.user ?? null, ...proxyFor(key, tries, named) },
  }));
}

/** A command that was seen to go straight to its target heeds no proxy, whatever the environment says. */
function proxyFor(
  key: string,
  tries: readonly Watched[],
  named: readonly NamedTarget[],
): Pick<Manner, 'proxy' | 'variables'> {
  const meant = named.find(({ target }) => target.input === key);
  if (!meant) return { proxy: false, variables: none };
  const { addresses, target, proxy, variables } = meant;
  const straight = tries.some(({ address, port }) => addresses.includes(address) && target.port === port);
  return { proxy: straight ? false : proxy, variables };
}

const none: ReadonlyMap<string, string> = new Map();

/** No connection that was seen tells why the command failed: a socket's file that it was told, or whatever else it names. */
function unseen(
  run: WatchedRun,
  words: readonly string[],
  named: readonly NamedTarget[],
  done: readonly string[],
): Group[] {
  const user = run.connections().at(-1)?.user ?? null;
  const files = filesNamed(run.files(), words).map((path) => ({
    target: `unix:${path}`,
    tries: [],
    manner: { user, proxy: null, variables: none },
  }));
  return files.length > 0 ? files : unmentioned(run, named, done);
}

/** Programs look for many a socket's file in passing (name caches, buses): only one that the command's words lead to counts. */
function filesNamed(files: readonly RefusedFile[], words: readonly string[]): string[] {
  const told = wordsIn(words).filter((word) => word.startsWith('/') && word.length > 1);
  const isTold = ({ path }: RefusedFile): boolean =>
    told.some((word) => path === word || path.startsWith(`${word.replace(/\/$/, '')}/`));
  return [...new Set(files.filter(isTold).map(({ path }) => path))].slice(0, 2);
}

/**
 * The command failed, and no connection that was seen tells why: its name was not found, the certificate does not hold, a
 * refusal was over too soon to be seen, or it got no socket at all.
 */
function unmentioned(run: WatchedRun, named: readonly NamedTarget[], done: readonly string[]): Group[] {
  const user = run.connections().at(-1)?.user ?? null;
  return named
    .filter(({ target, addresses }) => addresses.length === 0 || target.portGiven || target.input.includes('://'))
    .filter(({ target }) => !done.includes(target.input))
    .map(({ target, addresses, proxy, proxyPort, variables }) => ({
      target: target.input,
      tries: proxyPort === null ? withoutSocket(run, addresses, target.port) : [],
      manner: { user, proxy, variables },
    }));
}

/** What would have become of its connections: it got no socket for them. */
function withoutSocket(run: WatchedRun, addresses: readonly string[], port: number): ProgramTry[] {
  return addresses.flatMap((address): ProgramTry[] => {
    const refused = run.refused().find(({ family }) => family === familyOf(address));
    if (!refused || !socketRefusals.has(refused.errno)) return [];
    const outcome = { operation: 'connect', code: 'not-permitted', raw: refused.errno } as const;
    return [{ address, port, outcome, synchronous: true, ...(refused.call === 'socket' && { call: 'socket' }) }];
  });
}

/** What filters and modules of the kernel answer; a want of memory or of free numbers is none of theirs. */
const socketRefusals: ReadonlySet<string> = new Set([
  'EPERM',
  'EACCES',
  'EAFNOSUPPORT',
  'EPROTONOSUPPORT',
  'ENOSYS',
  'SIGSYS',
]);

function tryOf({ address, port, outcome, synchronous }: Watched): ProgramTry {
  return { address, port, outcome: outcome === 'unknown' ? 'silent' : outcome, synchronous };
}

/** It failed for the command and holds now: worth a line. */
function hasFailedTry({ facts }: Report): boolean {
  const program = facts['device.program'];
  return program?.state === 'known' && program.value.tried.some(({ outcome }) => typeof outcome === 'object');
}
