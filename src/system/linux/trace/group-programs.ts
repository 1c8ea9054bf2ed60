import { closeSync, openSync } from 'node:fs';
import type { Libc } from '../libc.js';
import { groupOf, unifiedHierarchy } from '../unified-hierarchy.js';

const BPF_PROG_QUERY = 16;
const BPF_CGROUP_INET_INGRESS = 0;
const BPF_F_QUERY_EFFECTIVE = 1;
const attributeBytes = 128;

/**
 * How many BPF programs look at what comes in for a control group (this process's own unless one is named), those of the
 * groups above included; null where it cannot be asked.
 */
export function ingressPrograms(libc: Libc, taken: string | null): number | null {
  const [root, own] = [unifiedHierarchy(), taken ?? groupOf('self')];
  if (root === null || own === null || own.split('/').includes('..')) return null;
  let group;
  try {
    group = openSync(root + own, 'r');
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
