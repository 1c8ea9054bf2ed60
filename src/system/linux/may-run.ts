import { errnoName } from '../errno-names.js';
import { AT_FDCWD, cString } from './c-string.js';
import type { Libc } from './libc.js';
import { actingAs, type SocketOwner } from './socket-owner.js';

/** Linux 6.14: every check of execve(2), and nothing is run (include/uapi/linux/fcntl.h). */
const AT_EXECVE_CHECK = 0x10000;
const AT_EACCESS = 0x200;
const X_OK = 1;
const EINVAL = 22;

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
