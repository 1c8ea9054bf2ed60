import type { Kernel } from '../kernel.js';
import { prepareSocket, type Wanted } from '../prepare-socket.js';
import { openDropCounters } from './drop-counters.js';

/**
 * Policies behind the last rule of a firewall: a BPF program of the sender's control group, a filter of tc; and of what goes
 * to this device itself a filter of the socket that listens, its wish that all be signed (TCP-MD5), or that none listens.
 */
const reasons = ['BPF_CGROUP_EGRESS', 'TC_EGRESS', 'SOCKET_FILTER', 'TCP_MD5NOTFOUND', 'NO_SOCKET'];
const tries = 2;

/**
 * For which reasons the kernel itself throws away what is sent to a place: those that are counted within the very
 * system call that sends, each time. Nothing else runs in this thread meanwhile but the odd interrupt.
 */
export function lostPackets(kernel: Kernel, protocol: 'tcp' | 'udp', wanted: Wanted): readonly string[] {
  const counters = openDropCounters(kernel, reasons);
  if (counters === null) return [];
  try {
    let always = reasons;
    for (let i = 0; i < tries; i++) {
      const prepared = prepareSocket(kernel, protocol, wanted);
      if ('errno' in prepared) return [];
      const before = counters.read();
      kernel.connect(prepared.fd, prepared.to.bytes);
      if (protocol === 'udp') kernel.send(prepared.fd, new Uint8Array(1));
      const after = counters.read();
      kernel.close(prepared.fd);
      always = always.filter((reason) => (after.get(reason) ?? 0) > (before.get(reason) ?? 0));
      if (always.length === 0) return [];
    }
    return always;
  } finally {
    counters.close();
  }
}
