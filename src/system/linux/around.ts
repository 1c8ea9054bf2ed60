import fs from 'node:fs';
import type { Around } from '../../model/system.js';
import { runnerFor } from '../run.js';
import { enterNetwork } from './enter-network.js';
import { kernelOf, type Within } from './kernel.js';
import type { LinuxSockets } from './sockets.js';
import { socketsOf } from './sockets.js';
import { passingTracer } from './trace/tracer.js';

/** Files of network namespaces: where this process came from, and where it has gone. */
export interface Networks {
  readonly around: number;
  readonly here: number;
}

const mostBytes = 256;

/**
 * The network around the one that this process has gone into. A socket belongs for ever to the network in which it was
 * made, and a program begins in its parent's: so this thread is there for that moment only, and nothing else of this
 * program runs meanwhile.
 */
export function aroundOf({ kernel, readiness }: LinuxSockets, { around, here }: Networks): Around {
  const within: Within = (work) => {
    const refused = enterNetwork(around);
    if (refused !== null) throw new Error(`the network around cannot be entered: ${refused}`);
    try {
      return work();
    } finally {
      const stuck = enterNetwork(here);
      if (stuck !== null) throw new Error(`there is no way back: ${stuck}`); // oxlint-disable-line no-unsafe-finally -- worse than whatever happened in between
    }
  };
  const there = kernelOf(kernel.libc, null, within);
  const run = runnerFor(true, process.env);
  return {
    tracer: passingTracer(there, readiness, within),
    sockets: socketsOf(there, readiness),
    run: (program, args, options) => within(() => run(program, args, options)),
    setting: (name) => (/^[\w./-]{1,100}$/.test(name) && !name.includes('..') ? within(() => settingOf(name)) : null),
  };
}

function settingOf(name: string): string | null {
  try {
    const fd = fs.openSync(`/proc/sys/net/${name}`, 'r');
    try {
      const bytes = Buffer.alloc(mostBytes);
      return bytes.toString('latin1', 0, fs.readSync(fd, bytes)).trim();
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    return null;
  }
}
