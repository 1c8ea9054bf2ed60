import fs from 'node:fs';
import { groupOf } from './linux/unified-hierarchy.js';

/** Where a process stands: everything that this one does not share with it is open or named, so that it cannot change. */
export interface ProcessPlace {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** A file of its network namespace; null where it is ours. */
  readonly network: number | null;
  /** Its root directory; null where it is ours. */
  readonly root: number | null;
  /** Its control group; null where it is ours. */
  readonly cgroup: string | null;
  /** Null where this process may not read it. */
  readonly environment: Readonly<Record<string, string>> | null;
  readonly refused: readonly { readonly what: 'network' | 'files' | 'cgroup' | 'environment'; readonly why: string }[];
}

const mostVariables = 5_000;

/** Null where there is no such process (any more). */
export function placeOfProcess(pid: number): ProcessPlace | null {
  const at = `/proc/${pid}`;
  const status = textOf(`${at}/status`);
  if (status === null || /^State:\s*Z/m.test(status)) return null;
  const refused: ProcessPlace['refused'][number][] = [];
  const open = (what: 'network' | 'files', file: string, shared: boolean | null): number | null => {
    if (shared === true) return null;
    try {
      return fs.openSync(file, fs.constants.O_RDONLY);
    } catch (error) {
      if (shared !== null || what === 'network') refused.push({ what, why: codeOf(error) });
      return null;
    }
  };
  const network = open('network', `${at}/ns/net`, sameLink(pid, 'ns/net'));
  const sameRoot = sameLink(pid, 'ns/mnt') === true && sameLink(pid, 'root') === true;
  const root = open('files', `${at}/root`, sameRoot);
  const cgroup = otherGroup(pid);
  if (cgroup !== null && typeof cgroup !== 'string') refused.push({ what: 'cgroup', why: cgroup.refused });
  const environment = environmentOf(`${at}/environ`);
  if (environment === null) refused.push({ what: 'environment', why: 'EACCES' });
  const numbers = (name: string): number[] =>
    (new RegExp(`^${name}:\\s*([\\d\\s]*)$`, 'm').exec(status)?.[1] ?? '')
      .trim()
      .split(/\s+/, 1_000)
      .filter(Boolean)
      .map(Number);
  const [, , , uid = 0] = numbers('Uid');
  const [, , , gid = 0] = numbers('Gid');
  return {
    pid,
    uid,
    gid,
    groups: numbers('Groups'),
    network,
    root,
    cgroup: typeof cgroup === 'string' ? cgroup : null,
    environment,
    refused,
  };
}

export function closePlace({ network, root }: ProcessPlace): void {
  for (const fd of [network, root]) if (fd !== null) fs.closeSync(fd);
}

/** Whether a link of that process leads where ours does; null where it may not be read. */
function sameLink(pid: number, name: string): boolean | null {
  try {
    return fs.readlinkSync(`/proc/${pid}/${name}`) === fs.readlinkSync(`/proc/self/${name}`);
  } catch {
    return null;
  }
}

/** Of the unified hierarchy alone: it is the one that the network's rules and programs go by. Null where it is ours. */
function otherGroup(pid: number): ProcessPlace['cgroup'] | { readonly refused: string } {
  const [theirs, ours] = [groupOf(pid), groupOf('self')];
  if (theirs === null || ours === null || theirs === ours) return null;
  return theirs.startsWith('/..') ? { refused: 'it lies outside of what this process sees' } : theirs;
}

function environmentOf(file: string): Record<string, string> | null {
  const text = textOf(file);
  if (text === null) return null;
  const found: Record<string, string> = {};
  for (const line of text.split('\0', mostVariables)) {
    const mark = line.indexOf('=');
    if (mark > 0) found[line.slice(0, mark)] ??= line.slice(mark + 1);
  }
  return found;
}

function textOf(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'failed';
}
