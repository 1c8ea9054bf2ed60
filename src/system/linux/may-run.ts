import { stat } from 'node:fs/promises';
import { errnoName } from '../errno-names.js';
import { AT_FDCWD, cString } from './c-string.js';
import type { Run } from '../run.js';
import type { Libc } from './libc.js';
import { actingAs, type SocketOwner } from './socket-owner.js';

/** Linux 6.14: every check of execve(2), and nothing is run (include/uapi/linux/fcntl.h). */
const AT_EXECVE_CHECK = 0x10000;
const AT_EACCESS = 0x200;
const X_OK = 1;
const EINVAL = 22;

const openMs = 2_000;

/**
 * Whether the file can be opened within a time. A guard that is asked before (fanotify) and never answers would hold this
 * whole process in the call: another one, which can be ended, tries it first. What is no regular file is not tried.
 */
export async function opensInTime(path: string, run: Run): Promise<boolean> {
  const kind = await stat(path).catch(() => null);
  if (kind?.isFile() !== true) return true;
  const { error } = await run('head', ['-c', '1', '--', path], { timeoutMs: openMs, maxBytes: 64 });
  return error !== 'timed-out';
}

/** Asks the kernel whether it would run the file for that user: on-access scanners and policies are asked as well. */
export function mayRun(libc: Libc, owner: SocketOwner | null): (path: string) => string {
  const asOwner = actingAs(libc, owner);
  return (path) => {
    const name = cString(path);
    const words = new BigUint64Array(new ArrayBuffer(16));
    words[0] = libc.address(name);
    const list = new Uint8Array(words.buffer);
    const none = new Uint8Array(new ArrayBuffer(8));
    return asOwner(() => {
      if (libc.execveat(AT_FDCWD, name, list, none, AT_EXECVE_CHECK) === 0) return 'ok';
      const errno = libc.errno();
      if (errno !== EINVAL) return errnoName(errno);
      // An older kernel: the file's rights alone.
      return libc.faccessat(AT_FDCWD, name, X_OK, AT_EACCESS) === 0 ? 'ok' : errnoName(libc.errno());
    });
  };
}
