import type { Duplex } from 'node:stream';
import type { TcpCounters } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Dialling, DialRequest, DialResult, LiveCounters } from '../../model/system.js';
import { connectFailure, heardAfter, type QueuedError, timedOut, withoutErrno } from '../classify-connect.js';
import { errnoName } from '../errno-names.js';
import { whenAborted } from '../when-aborted.js';
import { adopt } from './adopt.js';
import { EINPROGRESS, EPOLLOUT, TCP_CLOSE_WAIT, TCP_ESTABLISHED, TCP_SYN_RECV, TCP_SYN_SENT } from './constants.js';
import type { Kernel } from './kernel.js';
import {
  limitHops,
  type PreparedSocket,
  prepareSocket,
  stopListeningForErrors,
  type Unprepared,
} from './prepare-socket.js';
import type { Readiness } from './readiness.js';
import { type TcpInfo, withoutState } from './tcp-info.js';
import { monotonic } from '../monotonic.js';

const largestHopLimit = 255;
const opening: readonly number[] = [TCP_SYN_SENT, TCP_SYN_RECV];
/** What a socket that never got a route is bound to. */
const unspecified: readonly string[] = ['0.0.0.0', '::'];
/** Of the connections that are open: a later step has the stream alone. */
const live = new WeakMap<Duplex, () => LiveCounters | null>();

export function liveCounters(stream: Duplex): LiveCounters | null {
  return live.get(stream)?.() ?? null;
}

const opened: readonly number[] = [TCP_ESTABLISHED, TCP_CLOSE_WAIT];

/**
 * Opens a TCP connection without blocking. The ICMP errors and the kernel's counters come with the result, whatever it
 * is. The socket is closed in every case but success.
 */
export function dialTcp(kernel: Kernel, readiness: Readiness, request: DialRequest, signal: AbortSignal): Dialling {
  let resolve: (result: DialResult) => void = () => {};
  let reject: (fault: unknown) => void = () => {};
  const done = new Promise<DialResult>((whenDone, whenFaulty) => {
    resolve = whenDone;
    reject = whenFaulty;
  });
  const began = monotonic();
  const queue: QueuedError[] = [];
  let socket: PreparedSocket | null = null;
  let localPort: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let deaf: NodeJS.Timeout | undefined;
  let sentAt = began;
  let sentWallNs = 0n;
  let finished = false;
  /** connect() is on its way: before it, a socket looks closed. */
  let unanswered = false;
  let unwatch = (): void => {};

  const finish = (failure: Failure<'connect'> | null, synchronous = false, info = readInfo()): void => {
    if (finished) return;
    finished = true;
    clearTimeout(timer);
    clearTimeout(deaf);
    unwatch();
    const local = socket ? kernel.local(socket.fd) : null;
    const source = local && !unspecified.includes(local.address) ? local.address : null;
    const fd = socket?.fd ?? -1;
    const stream = release(failure === null && request.discard !== true);
    resolve({
      synchronous,
      ms: monotonic() - sentAt,
      localAddress: source,
      localPort: local?.port ?? localPort,
      icmp: queue.map(withoutErrno),
      tcp: info && withoutState(info),
      ...heardAfter(queue, sentWallNs),
      ...(failure && { failure }),
      ...(stream && { stream, counters: countedFrom(stream, fd), sent: sentOn(stream, fd) }),
    });
  };
  const release = (keep: boolean): DialResult['stream'] | null => {
    if (!socket) return null;
    const { fd, to } = socket;
    socket = null;
    readiness.forget(fd);
    if (keep) {
      stopListeningForErrors(kernel, fd, to.family);
      return adopt(fd);
    }
    // Nothing was said on it: a reset ends it in one packet, and leaves nothing behind on either side.
    kernel.dropUnsent(fd);
    kernel.close(fd);
    return null;
  };
  const readInfo = (): TcpInfo | null => (socket ? kernel.tcpInfo(socket.fd) : null);
  /** Node closes the descriptor of a destroyed stream, and its number may belong to another file then. */
  const countersOf = (stream: Duplex, fd: number) => (): LiveCounters | null => {
    const info = stream.destroyed ? null : kernel.tcpInfo(fd);
    if (!info) return null;
    const { unacknowledged, unsent, sendWindow, backoff, optionBytes, pathMtu, receivedBytes } = info;
    return { ...withoutState(info), unacknowledged, unsent, sendWindow, backoff, optionBytes, pathMtu, receivedBytes };
  };
  const countedFrom = (stream: Duplex, fd: number): (() => LiveCounters | null) => {
    const counters = countersOf(stream, fd);
    live.set(stream, counters);
    return counters;
  };
  /** Read a last time before Node closes the descriptor. */
  const sentOn = (stream: Duplex, fd: number): (() => number) => {
    let last: number | null = null;
    const destroy = stream._destroy.bind(stream);
    stream._destroy = (error, done) => {
      const info = kernel.tcpInfo(fd);
      last = info?.segmentsOut ?? 0;
      // Whoever never said a word gets no end to answer either, and nothing is sent again.
      if (('bytesRead' in stream && stream.bytesRead === 0) || (info?.unacknowledged ?? 0) > 0) kernel.dropUnsent(fd);
      destroy(error, done);
    };
    return () => last ?? kernel.tcpInfo(fd)?.segmentsOut ?? 0;
  };
  const onAbort = (): void => finish(timedOut('connect', 'aborted'));

  const onReady = (): void => {
    if (!socket || finished) return;
    // In this order: draining the queue clears SO_ERROR.
    const errno = kernel.takeError(socket.fd);
    const info = readInfo();
    queue.push(...kernel.drainErrors(socket.fd));
    if (errno !== 0) return finish(connectFailure(errnoName(errno), queue), false, info);
    if (info && opened.includes(info.state)) return finish(null, false, info);
    if (info && opening.includes(info.state)) return; // an error that TCP does not give up for
    finish(connectFailure(queue.at(-1)?.errno ?? 'closed', queue), false, info);
  };
  /** After busy times the loop runs its timers before it looks at sockets: an answer may be there already. */
  const endWaiting = (why: 'timeout' | 'given up'): void => {
    if (unanswered) onReady();
    finish(timedOut('connect', why));
  };
  const connect = ({ fd, to }: PreparedSocket): void => {
    sentAt = monotonic();
    if (request.timed) sentWallNs = kernel.wallNs();
    const errno = kernel.connect(fd, to.bytes);
    if (errno !== 0 && errno !== EINPROGRESS) {
      queue.push(...kernel.drainErrors(fd));
      return finish(connectFailure(errnoName(errno), queue), true);
    }
    unanswered = true;
    const unwatched = readiness.watch(fd, EPOLLOUT, onReady);
    if (unwatched !== 0) return finish(connectFailure(errnoName(unwatched)));
    timer = setTimeout(() => endWaiting('timeout'), request.timeoutMs);
    if (request.deafMs !== undefined) deaf = setTimeout(() => listen(fd, to.family), request.deafMs);
  };
  const listen = (fd: number, family: 4 | 6): void => {
    if (!finished && !limitHops(kernel, fd, family, { minTtl: 0 })) finish(connectFailure('closed'));
  };
  const start = (): void => {
    if (signal.aborted) return onAbort();
    unwatch = whenAborted(signal, onAbort);
    const prepared = prepareSocket(
      kernel,
      'tcp',
      request.deafMs === undefined ? request : { ...request, minTtl: largestHopLimit },
    );
    if (!('fd' in prepared)) return finish(unprepared(prepared), true);
    socket = prepared;
    localPort = prepared.localPort;
    if (!request.onBound || localPort === null) return connect(prepared);
    const armed = request.onBound(localPort);
    if (!(armed instanceof Promise)) return connect(prepared);
    armed.then(
      () => !finished && connect(prepared),
      (fault: unknown) => {
        reject(fault);
        finish(connectFailure('closed'));
      },
    );
  };
  start();
  return {
    done,
    peek: (): TcpCounters | null => {
      const info = readInfo();
      return info && withoutState(info);
    },
    giveUp: () => endWaiting('given up'),
  };
}

/** A socket option that was refused says nothing about the network: it must not look like an error of connect(). */
export function unprepared({ errno, option }: Unprepared): Failure<'connect'> {
  if (option === undefined) return connectFailure(errno);
  return { operation: 'connect', code: 'failed', raw: `${errno}: ${option}` };
}
