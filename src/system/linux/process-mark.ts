import { readFileSync } from 'node:fs';
import type { ProcessMark } from '../../model/change.js';

/** This process, or another one that lives. */
export function processMark(pid: number = process.pid): ProcessMark {
  return { pid, started: startOf(pid), boot: bootId() };
}

/** Whether it is that very process, and it lives. Where there is no /proc, a living process of that number counts. */
export function isAlive({ pid, started, boot }: ProcessMark): boolean {
  if (boot !== null && boot !== bootId()) return false;
  if (started !== null) return startOf(pid) === started;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** proc(5): the 22nd field of stat, behind a name that may hold anything; a dead process that nobody has waited for is gone. */
function startOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : Number(fields[19]);
  } catch {
    return null;
  }
}

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return null;
  }
}
