import fs from 'node:fs';
import type { ProcessPlace } from '../process-place.js';
import { bindLibc } from './libc.js';

/** linux/nsfs.h: the user namespace that a namespace belongs to, as an open file; and who made a user namespace. */
const NS_GET_USERNS = 0xb7_01;
const NS_GET_OWNER_UID = 0xb7_04;

export interface NetworkOwner {
  /** The user namespace that the network belongs to, open. */
  readonly namespace: number;
  /** Whoever made that one may do in it all that root may, and so enter the network without root. */
  readonly uid: number;
  close(): void;
}

/** Null where the network is ours, or where that cannot be known. */
export function ownerOfNetwork(network: number | null): NetworkOwner | null {
  const libc = network === null ? '' : bindLibc();
  if (network === null || typeof libc === 'string') return null;
  const namespace = libc.ioctl(network, NS_GET_USERNS, null);
  if (namespace < 0) return null;
  const close = (): void => fs.closeSync(namespace);
  const uid = new Uint8Array(4);
  if (libc.ioctl(namespace, NS_GET_OWNER_UID, uid) === 0)
    return { namespace, uid: new DataView(uid.buffer).getUint32(0, true), close };
  close();
  return null;
}

/**
 * Whether somebody in that place would gain by our being there: who has all rights in its user namespace may look into our
 * memory once he sees our process, and through us at our files. He does not see it where his processes are numbered apart,
 * and gains nothing where our files are his.
 */
export function couldLookIntoUs({ pid, root }: ProcessPlace): boolean {
  return root !== null && sharesProcesses(pid);
}

/**
 * Words that put a program into a network by its user namespace: setns(2) into one is refused to a program of several
 * threads, as Node is. The program has no rights there beyond its user's. `at`: numbers of its descriptors.
 */
export function enteringAsOwner(at: { readonly user: number; readonly network: number }): string[] {
  return [
    'nsenter',
    `--user=/proc/self/fd/${at.user}`,
    `--net=/proc/self/fd/${at.network}`,
    '--preserve-credentials',
    '--',
    'setpriv',
    '--bounding-set=-all',
    '--inh-caps=-all',
    '--no-new-privs',
    '--',
  ];
}

/** Where that cannot be read they may. */
function sharesProcesses(pid: number): boolean {
  try {
    return fs.readlinkSync(`/proc/${pid}/ns/pid`) === fs.readlinkSync('/proc/self/ns/pid');
  } catch {
    return true;
  }
}
