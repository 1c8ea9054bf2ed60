import type { Libc } from './libc.js';

/** As whom sockets are opened, when not as this process. */
export interface SocketOwner {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups: they decide who may open a unix socket. */
  readonly groups?: readonly number[];
}

/**
 * A socket belongs to its thread's file-system identity at the time of socket() (f_cred: what `meta skuid` matches), and
 * a unix socket's file is opened with the rights of that identity. Only this thread's is changed, and it is put back
 * before anything else runs.
 */
export function actingAs(libc: Libc, owner: SocketOwner | null): <T>(work: () => T) => T {
  if (!owner) return (work) => work();
  const groups = owner.groups ?? [];
  const own = process.getgroups?.() ?? [];
  return (work) => {
    // In this order: who has given up the rights of root cannot set anything any more.
    libc.setThreadGroups(groups);
    const gid = libc.setfsgid(owner.gid);
    const uid = libc.setfsuid(owner.uid);
    try {
      return work();
    } finally {
      libc.setfsuid(uid);
      libc.setfsgid(gid);
      libc.setThreadGroups(own);
    }
  };
}
