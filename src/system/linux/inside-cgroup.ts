import fs from 'node:fs';
import type { Libc } from './libc.js';
import { groupOf, unifiedHierarchy } from './unified-hierarchy.js';

/**
 * A socket belongs for ever to the control group in which it was made (cgroup_sk_alloc): that is what programs and rules
 * for a group go by. This process is in the other one only for that moment: memory and time that it uses are its own, and
 * a move takes 0.05 ms (measured). A text says why the group cannot be joined.
 */
export function insideCgroup(libc: Libc, group: string): (<T>(work: () => T) => T) | string {
  const mount = unifiedHierarchy();
  const own = groupOf('self');
  if (mount === null || own === null) return 'there is no unified hierarchy of control groups';
  const files: number[] = [];
  const move = (fd: number): void => void fs.writeSync(fd, String(process.pid));
  try {
    for (const name of [group, own]) files.push(fs.openSync(`${mount}${name}/cgroup.procs`, fs.constants.O_WRONLY));
    for (const fd of files) move(fd);
  } catch (error) {
    for (const fd of files) fs.closeSync(fd);
    return error instanceof Error ? error.message.slice(0, 200) : String(error);
  }
  const [there = -1, back = -1] = files;
  return (work) => {
    move(there);
    try {
      return work();
    } finally {
      move(back);
    }
  };
}
