import fs from 'node:fs';

const mostAncestors = 16;

let found: string | null | undefined;

/**
 * Where the unified hierarchy of control groups is to be seen. Where it is mounted nowhere (`ip netns exec` covers /sys),
 * where one of those who started us sees it. Never by a mount of our own: each one sets the options of the one hierarchy
 * anew (cgroup_get_tree in kernel/cgroup/cgroup.c), and would take systemd's nsdelegate and memory_recursiveprot away.
 * Null where it is not to be had.
 */
export function unifiedHierarchy(): string | null {
  found ??= mountedAt(textOf('/proc/self/mountinfo')) ?? seenByAncestors();
  return found;
}

/** `36 35 0:31 / /sys/fs/cgroup rw … - cgroup2 cgroup2 rw` (proc(5)): the last mount covers earlier ones. */
export function mountedAt(mounts: string, root = ''): string | null {
  const paths = [...mounts.matchAll(/^\d+ \d+ \S+ \/ (\S+) [^\n]*? - cgroup2 /gm)].flatMap(([, path]) => path ?? []);
  const seen = paths.map((path) => root + path.replaceAll('\\040', ' ')).toReversed();
  // What is mounted over it later hides it.
  return seen.find((path) => fs.existsSync(`${path}/cgroup.procs`)) ?? null;
}

/** Paths in control groups are those of a namespace: only who shares ours is asked. */
function seenByAncestors(): string | null {
  const namespace = linkOf('/proc/self/ns/cgroup');
  if (namespace === null) return null;
  let pid = 'self';
  for (let i = 0; i < mostAncestors; i++) {
    const parent = /^PPid:\t([1-9]\d{0,9})$/m.exec(textOf(`/proc/${pid}/status`))?.[1];
    if (parent === undefined) return null;
    pid = parent;
    if (linkOf(`/proc/${pid}/ns/cgroup`) !== namespace) continue;
    const path = mountedAt(textOf(`/proc/${pid}/mountinfo`), `/proc/${pid}/root`);
    if (path !== null) return path;
  }
  return null;
}

function linkOf(file: string): string | null {
  try {
    return fs.readlinkSync(file);
  } catch {
    return null;
  }
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
