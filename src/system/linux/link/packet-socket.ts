import { errnoName } from '../../errno-names.js';
import { AF_PACKET, EINTR, EPOLLIN, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_RAW } from '../constants.js';
import type { Kernel } from '../kernel.js';
import type { Readiness } from '../readiness.js';

/** Most frames that are read at one event: a busy link must not hold up everything else. */
const maxReads = 256;
const ethernetType = 1; // ARPHRD_ETHER (include/uapi/linux/if_arp.h): radio links look like it too

export interface PacketSocket {
  readonly mac: Uint8Array;
  /** 0, or the errno. */
  send(frame: Uint8Array): number;
  listen(callback: (frame: Uint8Array) => void): void;
  close(): void;
}

/** Whole frames of one kind on one interface, or why they are not to be had. */
export function openPacketSocket(
  kernel: Kernel,
  readiness: Readiness,
  index: number,
  protocol: number,
): PacketSocket | string {
  const { libc } = kernel;
  // Of no protocol until it is bound: else frames of every link come in, and bind(2) waits until all processors have let
  // go of it (synchronize_net in packet_do_bind, net/packet/af_packet.c), for 12 ms on this very thread (measured).
  const fd = libc.socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return errnoName(libc.errno());
  let closed = false;
  const close = (): void => {
    closed = true;
    readiness.forget(fd);
    kernel.close(fd);
  };
  // struct sockaddr_ll: family 0, protocol 2 (network order), ifindex 4, hatype 8, pkttype 10, halen 11, addr 12
  const place = new Uint8Array(new ArrayBuffer(20));
  const view = new DataView(place.buffer);
  view.setUint16(0, AF_PACKET, true);
  view.setUint16(2, protocol);
  view.setInt32(4, index, true);
  const refused = kernel.bind(fd, place);
  const length = new Uint8Array(new ArrayBuffer(4));
  length[0] = place.length;
  if (refused !== 0 || libc.getsockname(fd, place, length) < 0) {
    const errno = refused === 0 ? libc.errno() : refused;
    close();
    return errnoName(errno);
  }
  if (view.getUint16(8, true) !== ethernetType || place[11] !== 6) {
    close();
    return 'this link has no addresses of its own';
  }
  return {
    mac: place.slice(12, 18),
    send: (frame) => kernel.send(fd, frame),
    listen: (callback) => {
      const read = (): void => {
        // Its number may belong to another file by the next turn.
        for (let i = 0; i < maxReads; i++) {
          if (closed) return;
          const frame = kernel.receive(fd);
          if (typeof frame === 'number') {
            if (frame === EINTR) continue;
            return;
          }
          callback(frame);
        }
        if (!closed) setImmediate(read);
      };
      readiness.watch(fd, EPOLLIN, read);
    },
    close,
  };
}
