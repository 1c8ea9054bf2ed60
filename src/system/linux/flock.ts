import fs from 'node:fs';
import { Cannot } from '../../model/cannot.js';
import type { HeldLock } from '../../model/disk.js';
import { loadNative } from './native.js';

const LOCK_EX = 2;
const LOCK_NB = 4;

/** flock(2): the kernel releases it when the process ends, however that ends. Programs started meanwhile do not hold it. */
export function flockFile(path: string): HeldLock | null {
  const native = loadNative();
  if (typeof native === 'string') throw new Cannot(`a lock cannot be taken here: ${native}`);
  const flock = native.load(null).func('flock', 'int', ['int', 'int']) as (fd: number, operation: number) => number;
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = fs.constants;
  const fd = fs.openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600);
  if (flock(fd, LOCK_EX | LOCK_NB) !== 0) {
    fs.closeSync(fd);
    return null;
  }
  // Who holds it, for whoever waits: a process that hangs with it can then be ended.
  fs.ftruncateSync(fd);
  fs.writeSync(fd, `${process.pid}\n`, 0);
  let isHeld = true;
  return {
    release: () => {
      if (isHeld) fs.closeSync(fd);
      isHeld = false;
    },
  };
}
