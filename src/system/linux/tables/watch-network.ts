import { AF_NETLINK, EINTR, ENOBUFS, EPOLLIN, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_RAW } from '../constants.js';
import type { Kernel } from '../kernel.js';
import type { Readiness } from '../readiness.js';

const NETLINK_ROUTE = 0;
/** Links 1, addresses 0x10 and 0x100, routes 0x40 and 0x400 (linux/rtnetlink.h: RTMGRP_*). */
const groups = 0x1 | 0x10 | 0x40 | 0x100 | 0x400;
const mostReads = 256;

/** Calls back when the kernel tells of a change of links, addresses or routes. False when it cannot be heard. */
export function watchNetwork(kernel: Kernel, readiness: Readiness, onChange: () => void, signal: AbortSignal): boolean {
  const { libc } = kernel;
  const fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (fd < 0) return false;
  // struct sockaddr_nl: family 2, padding 2, port 4 (the kernel chooses), groups 4.
  const address = new Uint8Array(12);
  const view = new DataView(address.buffer);
  view.setUint16(0, AF_NETLINK, true);
  view.setUint32(8, groups, true);
  const readAll = (): void => {
    let heard = false;
    for (let i = 0; i < mostReads; i++) {
      const bytes = kernel.receive(fd);
      // What was lost in an overrun (ENOBUFS) was a change as well.
      if (typeof bytes === 'number' && bytes !== EINTR && bytes !== ENOBUFS) break;
      heard = true;
    }
    if (heard) onChange();
  };
  if (signal.aborted || kernel.bind(fd, address) !== 0 || readiness.watch(fd, EPOLLIN, readAll) !== 0) {
    kernel.close(fd);
    return false;
  }
  signal.addEventListener(
    'abort',
    () => {
      readiness.forget(fd);
      kernel.close(fd);
    },
    { once: true },
  );
  return true;
}
