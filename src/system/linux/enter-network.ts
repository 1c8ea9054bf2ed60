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
