import { EPOLL_CLOEXEC, EPOLL_CTL_ADD, EPOLL_CTL_DEL, EPOLLET } from './constants.js';
import type { Libc } from './libc.js';
import type { PollHandle } from './native.js';

/** Called with the EPOLL* bits. An event is edge-triggered: read until EAGAIN. */
export type ReadyHandler = (events: number) => void;

/**
 * One epoll for all sockets, and only that one watched by Node's loop: polling each socket directly fails with −9 as
 * soon as it has an error (measured), and costs a thousand handles for a thousand ports.
 */
export interface Readiness {
  /** 0, or the errno. */
  watch(fd: number, events: number, handler: ReadyHandler): number;
  forget(fd: number): void;
}

/** struct epoll_event is packed on x86-64 only (include/uapi/linux/eventpoll.h). */
const eventSize = process.arch === 'x64' ? 12 : 16;
const dataOffset = process.arch === 'x64' ? 4 : 8;
const batch = 128;
/** Bound on one turn, so that a flood of events leaves the loop to others; the rest wakes it again. */
const maxBatches = 64;

export function readinessOf(libc: Libc): Readiness {
  const handlers = new Map<number, ReadyHandler>();
  const event = new Uint8Array(new ArrayBuffer(16));
  const eventView = new DataView(event.buffer);
  const events = new Uint8Array(new ArrayBuffer(eventSize * batch));
  const eventsView = new DataView(events.buffer);
  let epoll = -1;
  // Held here: a handle that only the loop refers to would be collected.
  let poll: PollHandle | null = null;

  const dispatch = (): void => {
    for (let i = 0; i < maxBatches; i++) {
      const count = libc.epollWait(epoll, events, batch, 0);
      for (let at = 0; at < count; at++) {
        const bits = eventsView.getUint32(at * eventSize, true);
        // The handler of an earlier event of this batch may have closed this one's socket.
        handlers.get(eventsView.getUint32(at * eventSize + dataOffset, true))?.(bits);
      }
      if (count < batch) return;
    }
  };
  const open = (): number => {
    if (epoll >= 0) return 0;
    epoll = libc.epollCreate(EPOLL_CLOEXEC);
    if (epoll < 0) return libc.errno();
    poll = libc.native.node.poll(epoll, { readable: true }, dispatch);
    return 0;
  };

  return {
    watch: (fd, wanted, handler) => {
      const failed = open();
      if (failed !== 0) return failed;
      eventView.setUint32(0, (wanted | EPOLLET) >>> 0, true);
      eventView.setUint32(dataOffset, fd, true);
      if (libc.epollControl(epoll, EPOLL_CTL_ADD, fd, event) < 0) return libc.errno();
      if (handlers.size === 0) poll?.ref();
      handlers.set(fd, handler);
      return 0;
    },
    forget: (fd) => {
      if (!handlers.delete(fd)) return;
      libc.epollControl(epoll, EPOLL_CTL_DEL, fd, event);
      if (handlers.size === 0) poll?.unref();
    },
  };
}
