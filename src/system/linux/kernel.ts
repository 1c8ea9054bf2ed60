import type { QueuedError } from '../classify-connect.js';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  IPPROTO_TCP,
  MSG_DONTWAIT,
  MSG_ERRQUEUE,
  SO_ERROR,
  SO_LINGER,
  SO_MARK,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOL_SOCKET,
  TCP_INFO,
} from './constants.js';
import { decodeErrors, nanoseconds } from './control-messages.js';
import type { Libc } from './libc.js';
import { decodeSocketAddress } from './socket-address.js';
import { actingAs, type SocketOwner } from './socket-owner.js';
import { decodeTcpInfo, type TcpInfo } from './tcp-info.js';

/** Socket calls with their structures. Every call is synchronous, so that one set of buffers serves all. */
export interface Kernel {
  readonly libc: Libc;
  /** A non-blocking socket, or the negative errno. */
  /** `account`: whose it is, when not the owner's. */
  open(family: 4 | 6 | 'unix', type: number, protocol?: number, account?: SocketOwner): number;
  /** 0, or the errno. */
  set(fd: number, level: number, name: number, value: number): number;
  setBytes(fd: number, level: number, name: number, value: Uint8Array): number;
  bind(fd: number, address: Uint8Array): number;
  connect(fd: number, address: Uint8Array): number;
  local(fd: number): { address: string; port: number } | null;
  /** SO_ERROR, which reading clears. Read it before the error queue is drained: draining clears it too. */
  takeError(fd: number): number;
  tcpInfo(fd: number): TcpInfo | null;
  /** Empties the error queue (at most 64 entries at once). */
  drainErrors(fd: number): QueuedError[];
  /** 0, or the errno. */
  send(fd: number, bytes: Uint8Array): number;
  /** Bytes of one datagram (a copy), or the errno. */
  receive(fd: number): Uint8Array | number;
  /** Nanoseconds since 1970: the clock that SO_TIMESTAMPNS speaks of. */
  wallNs(): bigint;
  close(fd: number): void;
  /**
   * What is closed from now on is reset: else the kernel goes on sending what nobody has acknowledged, and the end of the
   * connection, long after this process is gone (tcp_orphan_retries, tcp(7)).
   */
  dropUnsent(fd: number): void;
}

const families = { 4: AF_INET, 6: AF_INET6, unix: AF_UNIX } as const;
const maxDatagram = 65_536;
const maxErrors = 64;
const CLOCK_REALTIME = 0;
/** struct linger: on, and no time for it. */
const lingerNever = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0);

export type Within = <T>(work: () => T) => T;

/**
 * `within`: where sockets are made, when not where this process is. `mark`: what all packets bear by which rules may know
 * them (SO_MARK, which takes CAP_NET_ADMIN).
 */
export function kernelOf(
  libc: Libc,
  owner: SocketOwner | null,
  within: Within = (work) => work(),
  mark: number | null = null,
): Kernel {
  // Pointers into these are handed to the kernel: an ArrayBuffer's memory is never moved.
  const value = new Uint8Array(new ArrayBuffer(256));
  const length = new Uint8Array(new ArrayBuffer(8));
  const valueView = new DataView(value.buffer);
  const lengthView = new DataView(length.buffer);
  const datagram = new Uint8Array(new ArrayBuffer(maxDatagram));
  const message = messageBuffers(libc);
  const asOwner = actingAs(libc, owner);
  const result = (code: number): number => (code < 0 ? libc.errno() : 0);
  const read = (fd: number, level: number, name: number, size: number): number => {
    lengthView.setUint32(0, size, true);
    return libc.getsockopt(fd, level, name, value, length) < 0 ? -1 : lengthView.getUint32(0, true);
  };

  const marked = (fd: number, family: keyof typeof families): number => {
    if (mark === null || family === 'unix') return fd;
    valueView.setUint32(0, mark, true);
    libc.setsockopt(fd, SOL_SOCKET, SO_MARK, value, 4);
    return fd;
  };

  return {
    libc,
    open: (family, type, protocol = 0, account) =>
      within(() =>
        (account ? actingAs(libc, account) : asOwner)(() => {
          const fd = libc.socket(families[family], type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
          return fd < 0 ? -libc.errno() : marked(fd, family);
        }),
      ),
    set: (fd, level, name, number) => {
      valueView.setInt32(0, number, true);
      return result(libc.setsockopt(fd, level, name, value, 4));
    },
    setBytes: (fd, level, name, bytes) => result(libc.setsockopt(fd, level, name, bytes, bytes.length)),
    bind: (fd, address) => result(libc.bind(fd, address, address.length)),
    // A unix socket's file is opened with the rights of whoever connects.
    connect: (fd, address) => asOwner(() => result(libc.connect(fd, address, address.length))),
    local: (fd) => {
      lengthView.setUint32(0, 28, true);
      return libc.getsockname(fd, value, length) < 0 ? null : decodeSocketAddress(value.subarray(0, 28));
    },
    takeError: (fd) => (read(fd, SOL_SOCKET, SO_ERROR, 4) < 0 ? libc.errno() : valueView.getInt32(0, true)),
    tcpInfo: (fd) => decodeTcpInfo(value, read(fd, IPPROTO_TCP, TCP_INFO, value.length)),
    drainErrors: (fd) => {
      const errors: QueuedError[] = [];
      for (let i = 0; i < maxErrors; i++) {
        message.reset();
        if (libc.recvmsg(fd, message.header, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) break;
        errors.push(...decodeErrors(message.control()));
      }
      return errors;
    },
    send: (fd, bytes) => result(libc.send(fd, bytes, bytes.length, MSG_DONTWAIT)),
    receive: (fd) => {
      const count = libc.recv(fd, datagram, datagram.length, MSG_DONTWAIT);
      return count < 0 ? libc.errno() : datagram.slice(0, count);
    },
    wallNs: () => {
      libc.clockGettime(CLOCK_REALTIME, value);
      return nanoseconds(value);
    },
    close: (fd) => void libc.close(fd),
    dropUnsent: (fd) => void libc.setsockopt(fd, SOL_SOCKET, SO_LINGER, lingerNever, lingerNever.length),
  };
}

/** One struct msghdr with its buffers (64 bits: name 0, namelen 8, iov 16, iovlen 24, control 32, controllen 40). */
function messageBuffers(libc: Libc): { header: Uint8Array; reset: () => void; control: () => Uint8Array } {
  const arena = new Uint8Array(new ArrayBuffer(4096));
  const view = new DataView(arena.buffer);
  const part = { header: 0, vector: 64, name: 128, control: 512, payload: 2048 };
  const size = { name: 128, control: 1024, payload: 1024 };
  const base = libc.address(arena);
  const pointTo = (at: number, offset: number): void => view.setBigUint64(at, base + BigInt(offset), true);
  return {
    header: arena.subarray(0, 56),
    reset: () => {
      arena.fill(0, 0, part.control + size.control);
      pointTo(part.vector, part.payload);
      view.setBigUint64(part.vector + 8, BigInt(size.payload), true);
      pointTo(part.header, part.name);
      view.setUint32(part.header + 8, size.name, true);
      pointTo(part.header + 16, part.vector);
      view.setBigUint64(part.header + 24, 1n, true);
      pointTo(part.header + 32, part.control);
      view.setBigUint64(part.header + 40, BigInt(size.control), true);
    },
    control: () => {
      const used = Number(view.getBigUint64(part.header + 40, true));
      return arena.subarray(part.control, part.control + Math.min(used, size.control));
    },
  };
}
