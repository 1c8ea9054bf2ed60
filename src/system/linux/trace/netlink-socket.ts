import { close } from 'node:fs';
import {
  AF_NETLINK,
  EINTR,
  ENOBUFS,
  EPOLLIN,
  SO_RCVBUFFORCE,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOCK_RAW,
  SOL_SOCKET,
} from '../constants.js';
import type { Kernel } from '../kernel.js';
import type { Readiness } from '../readiness.js';
import { errorOf, type Message, messagesIn } from './netlink-message.js';
import { NETLINK_ADD_MEMBERSHIP, NETLINK_NETFILTER, SOL_NETLINK } from './nf-tables.js';

const receiveBytes = 4 * 1024 * 1024;
const maxReads = 1024;

export interface NetlinkSocket {
  /** Sends a transaction and reads what the kernel says of it, which is there when send() returns. 0, or the first errno. */
  commit(transaction: Uint8Array): number;
  /** Calls back with each message of a multicast group. 0, or the errno. */
  listen(group: number, callback: (message: Message) => void): number;
  /** Calls back with each message that comes by itself. 0, or the errno. */
  hear(callback: (message: Message) => void): number;
  /** The kernel waits for all processors when a table goes (up to 50 ms): so in another thread. */
  close(): Promise<void>;
}

/** struct sockaddr_nl, with a port that the kernel chooses. */
const anyPort = new Uint8Array(12);
new DataView(anyPort.buffer).setUint16(0, AF_NETLINK, true);

/** A socket to netfilter, or the errno. */
export function openNetfilter(kernel: Kernel, readiness: Readiness): NetlinkSocket | number {
  const { libc } = kernel;
  const fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_NETFILTER);
  if (fd < 0) return libc.errno();
  // Unbound, it would have port 0, as the kernel itself has: multicasts skip the socket of their sender (do_one_broadcast).
  const unbound = kernel.bind(fd, anyPort);
  if (unbound !== 0) {
    kernel.close(fd);
    return unbound;
  }
  const readAll = (callback: (message: Message) => void): void => {
    for (let i = 0; i < maxReads; i++) {
      const bytes = kernel.receive(fd);
      // An overrun (ENOBUFS) has lost messages; those that come later are good.
      if (typeof bytes === 'number' && bytes !== EINTR && bytes !== ENOBUFS) return;
      if (typeof bytes !== 'number') messagesIn(bytes).forEach(callback);
    }
  };
  const hear = (callback: (message: Message) => void): number => {
    kernel.set(fd, SOL_SOCKET, SO_RCVBUFFORCE, receiveBytes);
    return readiness.watch(fd, EPOLLIN, () => readAll(callback));
  };
  return {
    hear,
    commit: (transaction) => {
      const unsent = kernel.send(fd, transaction);
      if (unsent !== 0) return unsent;
      let failed = 0;
      readAll((answer) => {
        failed ||= errorOf(answer) ?? 0;
      });
      return failed;
    },
    listen: (group, callback) => kernel.set(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group) || hear(callback),
    close: () => {
      readiness.forget(fd);
      return new Promise((resolve) => close(fd, () => resolve()));
    },
  };
}
