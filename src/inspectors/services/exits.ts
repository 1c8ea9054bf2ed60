import type { ServiceExit } from '../../model/device-state.js';
import type { Context } from '../../model/gatherer.js';
import { readText } from './find-files.js';

/** A process that the kernel ended because memory ran out. */
export interface Killed {
  readonly pid: number;
  readonly process: string;
  readonly at: string | null;
}

const mostLines = 20_000;

/**
 * Who was ended for want of memory, latest first (mm/oom_kill.c prints "Killed process PID (NAME)"); why not when the
 * kernel's log may not be read.
 */
export async function killedForMemory({ system, signal }: Context): Promise<Killed[] | string> {
  const { exit, stdout, stderr, error } = await system.run('dmesg', ['--time-format', 'iso'], {
    timeoutMs: 1_500,
    maxBytes: 8 * 1024 * 1024,
    signal,
  });
  if (exit !== 0)
    return error === 'ENOENT' ? 'there is no dmesg' : (stderr.trim().split('\n')[0] ?? 'not allowed').slice(0, 120);
  return killedIn(stdout);
}

export function killedIn(text: string): Killed[] {
  return text
    .split('\n')
    .slice(-mostLines)
    .flatMap((line) => {
      const [, pid, process] = /\bKilled process (\d{1,10}) \(([^)]{1,64})\)/.exec(line) ?? [];
      if (pid === undefined || process === undefined || !/out of memory/i.test(line)) return [];
      return [{ pid: Number(pid), process, at: /^(\d{4}-\d\d-\d\dT[\d:]{8})/.exec(line)?.[1] ?? null }];
    })
    .toReversed();
}

/** What a pid file tells: a process that runs, or one that ended without taking it away. */
export interface PidFile {
  readonly path: string;
  readonly pid: number;
  /** Its process is there and has one of the names. */
  readonly alive: boolean;
}

export async function pidFile(
  path: string,
  names: readonly string[],
  context: Pick<Context, 'system'>,
): Promise<PidFile | null> {
  const pid = Number(/^\s*(\d{1,10})\s/.exec(`${(await readText(path, context)) ?? ''}\n`)?.[1] ?? 0);
  if (pid <= 0) return null;
  const process = (await readText(`/proc/${pid}/comm`, context))?.trim() ?? null;
  return { path, pid, alive: process !== null && names.includes(process) };
}

/** What `lastcomm` (process accounting, acct(5)) says of the last run of a program: `X` when a signal ended it. */
export async function accounted(process: string, { system, signal }: Context): Promise<ServiceExit | null> {
  const { exit, stdout } = await system.run('lastcomm', ['--strict-match', '--command', process], {
    timeoutMs: 1_000,
    signal,
  });
  const [line = ''] = exit === 0 ? stdout.split('\n') : [];
  const [, flags = '', at = null] = /^\S+\s+([SFDX ]{0,6})\s.*?\bsecs\s+(.+)$/.exec(line) ?? [];
  if (line === '') return null;
  const how = /[DX]/.test(flags) ? 'signal' : 'unknown';
  return { how, value: null, at, source: 'process accounting' };
}
