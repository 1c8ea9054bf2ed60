// How everything of the lab is named, so that a killed run's leftovers can be told from a living run's things:
// the owner's process id and its start time (a bare id is reused by the kernel) are part of every name.
import { readFileSync } from 'node:fs';

const PREFIX = 'whoblocked';
const PATTERN = /^whoblocked-(\d+)-(\d+)-([0-9a-z]+)(?:-[a-z]+)?$/;

/** Start time of a process in clock ticks since boot (proc(5), field 22), or null when it is gone. */
export function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in field 2 may hold spaces and brackets: count from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

const ownStart = startTime(process.pid) ?? '0';

/** A name that no other world has: "whoblocked-PID-START-ID". */
export function newWorldName(): string {
  const id = Math.floor(Math.random() * 36 ** 6)
    .toString(36)
    .padStart(6, '0');
  return `${PREFIX}-${process.pid}-${ownStart}-${id}`;
}

/** True when the name is of the lab's form and the process that made it is gone. */
export function isLeftover(name: string): boolean {
  const match = PATTERN.exec(name);
  if (match === null) return false;
  return startTime(Number(match[1])) !== match[2];
}
