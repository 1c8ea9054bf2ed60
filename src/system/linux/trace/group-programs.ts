import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Libc } from '../libc.js';

const BPF_PROG_QUERY = 16;
const BPF_CGROUP_INET_INGRESS = 0;
const BPF_F_QUERY_EFFECTIVE = 1;
const attributeBytes = 128;
/** Of version 2, to which such programs are bound. */
const places = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'];
const mostAncestors = 8;

/**
 * How many BPF programs look at what comes in for this process's control group, those of the groups above included; null
 * where it cannot be asked.
 */
export function ingressPrograms(libc: Libc): number | null {
  const own = /^0::(\/.*)$/m.exec(textOf('/proc/self/cgroup'))?.[1];
  if (own === undefined || own.split('/').includes('..')) return null;
  // The path is that of our own control group namespace: only a directory that has us in it is ours.
  const us = new RegExp(`^${process.pid}$`, 'm');
  const directory = hierarchies()
    .map((root) => root + own)
    .find((one) => us.test(textOf(`${one}/cgroup.procs`)));
  if (directory === undefined) return null;
  let group;
  try {
    group = openSync(directory, 'r');
  } catch {
    return null;
  }
  try {
    // target_fd, attach_type, query_flags, attach_flags, prog_ids (none wanted), prog_cnt (linux/bpf.h).
    const query = Buffer.alloc(attributeBytes);
    query.writeUInt32LE(group, 0);
    query.writeUInt32LE(BPF_CGROUP_INET_INGRESS, 4);
    query.writeUInt32LE(BPF_F_QUERY_EFFECTIVE, 8);
    return libc.bpf(BPF_PROG_QUERY, query) < 0 ? null : query.readUInt32LE(24);
  } finally {
    closeSync(group);
  }
}

/**
 * Where the hierarchy is mounted: here, or where those who started us see it, for `ip netns exec` hides it. It is never
 * mounted anew: that would set the options of the one that is there (apply_cgroup_root_flags).
 */
function hierarchies(): string[] {
  const roots = [''];
  let process = 'self';
  for (let i = 0; i < mostAncestors; i++) {
    const parent = /^PPid:\t(\d{1,10})$/m.exec(textOf(`/proc/${process}/status`))?.[1];
    if (parent === undefined || parent === '0') break;
    process = parent;
    roots.push(`/proc/${process}/root`);
  }
  return roots.flatMap((root) => places.map((place) => root + place));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
