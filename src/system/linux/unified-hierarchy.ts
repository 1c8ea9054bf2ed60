import fs from 'node:fs';
import type { Libc } from './libc.js';

const FSOPEN_CLOEXEC = 1;
const FSCONFIG_CMD_CREATE = 6;
const FSMOUNT_CLOEXEC = 1;

let found: string | null | undefined;

/**
 * Where the unified hierarchy of control groups is to be seen. Where it is mounted nowhere (`ip netns exec` covers /sys), a
 * mount of our own that hangs nowhere in the tree of files, and ends with this process. Null where neither is to be had.
 */
export function unifiedHierarchy(libc: Libc): string | null {
  found ??= mountedAt(textOf('/proc/self/mountinfo')) ?? ownMount(libc);
  return found;
}

/** `36 35 0:31 / /sys/fs/cgroup rw … - cgroup2 cgroup2 rw` (proc(5)): the last mount covers earlier ones. */
export function mountedAt(mounts: string): string | null {
  const paths = [...mounts.matchAll(/^\d+ \d+ \S+ \/ (\S+) [^\n]*? - cgroup2 /gm)].flatMap(([, path]) => path ?? []);
  const seen = paths.map((path) => path.replaceAll('\\040', ' ')).toReversed();
  // What is mounted over it later hides it.
  return seen.find((path) => fs.existsSync(`${path}/cgroup.procs`)) ?? null;
}

function ownMount(libc: Libc): string | null {
  const context = libc.fsopen('cgroup2', FSOPEN_CLOEXEC);
  if (context < 0) return null;
  const made = libc.fsconfig(context, FSCONFIG_CMD_CREATE, null, null, 0) === 0;
  const mount = made ? libc.fsmount(context, FSMOUNT_CLOEXEC, 0) : -1;
  libc.close(context);
  return mount < 0 ? null : `/proc/self/fd/${mount}`;
}

/** The group of a process: the line `0::/…` (cgroups(7)). */
export function groupOf(pid: number | 'self'): string | null {
  return /^0::(\/[^\n]*)$/m.exec(textOf(`/proc/${pid}/cgroup`))?.[1] ?? null;
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
