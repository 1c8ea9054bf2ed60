import fs from 'node:fs';
import { errnoName } from '../errno-names.js';
import { bindLibc } from './libc.js';

const CLONE_NEWNET = 0x40000000;

/**
 * Moves this thread into another network, and nothing else of it. To be called before anything that starts threads or
 * programs: those that begin later follow. Null, or why not.
 */
export function enterNetwork(fd: number): string | null {
  const libc = bindLibc();
  if (typeof libc === 'string') return libc;
  return libc.setns(fd, CLONE_NEWNET) === 0 ? null : errnoName(libc.errno());
}

/** The network that this thread is in, open: the way back to it. */
export function ownNetwork(): number {
  return fs.openSync('/proc/self/ns/net', 'r');
}

/**
 * A socket belongs for ever to the network in which it was made: this thread is in that process's for the moment alone that
 * `make` takes. Null where it may not go there, or not come back.
 */
export function inNetworkOf<T>(pid: number, make: () => T, enter = enterNetwork): T | null {
  const files: number[] = [];
  try {
    for (const whose of ['thread-self', pid]) files.push(fs.openSync(`/proc/${whose}/ns/net`, 'r'));
    const [here = -1, there = -1] = files;
    // The way back needs rights over the network that this thread came from, which root of a user namespace (`podman unshare`)
    // has not: it may go to a container's network, and not return. Going to where it is already asks just that.
    if (enter(here) !== null || enter(there) !== null) return null;
    try {
      return make();
    } finally {
      const stuck = enter(here);
      if (stuck !== null) throw new Error(`there is no way back: ${stuck}`); // oxlint-disable-line no-unsafe-finally -- worse than whatever happened in between
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && error.syscall === 'open') return null;
    throw error;
  } finally {
    for (const file of files) fs.closeSync(file);
  }
}
