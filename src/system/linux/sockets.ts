import type { Sockets } from '../../model/system.js';
import { sendDatagram } from './datagram.js';
import { dialTcp, liveCounters } from './dial.js';
import { type Kernel, kernelOf, type Within } from './kernel.js';
import { bindLibc } from './libc.js';
import { type Readiness, readinessOf } from './readiness.js';
import type { SocketOwner } from './socket-owner.js';
import { dialUnix } from './unix.js';

export interface LinuxSockets {
  readonly kernel: Kernel;
  readonly readiness: Readiness;
  readonly sockets: Sockets;
}

/** Sockets by system calls, or why they are not to be had. */
export function linuxSockets(
  owner: SocketOwner | null,
  within?: Within,
  mark: number | null = null,
): LinuxSockets | string {
  const libc = bindLibc();
  if (typeof libc === 'string') return libc;
  const kernel = kernelOf(libc, owner, within, mark);
  const readiness = readinessOf(libc);
  return { kernel, readiness, sockets: socketsOf(kernel, readiness) };
}

export function socketsOf(kernel: Kernel, readiness: Readiness): Sockets {
  return {
    dial: (request, signal) => dialTcp(kernel, readiness, request, signal),
    converse: async (request, signal) => {
      const { converse } = await import('./converse.js');
      return converse(kernel, readiness, request, signal);
    },
    datagram: (request, signal) => sendDatagram(kernel, readiness, request, signal),
    counters: liveCounters,
    dialUnix: (path, timeoutMs, signal) => dialUnix(kernel, path, timeoutMs, signal),
  };
}
