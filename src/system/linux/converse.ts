import type { ConverseRequest, ConverseResult } from '../../model/converse.js';
import { connectFailure, type QueuedError, timedOut, withoutErrno } from '../classify-connect.js';
import { errnoName } from '../errno-names.js';
import { monotonic } from '../monotonic.js';
import { whenAborted } from '../when-aborted.js';
import {
  EAGAIN,
  EINPROGRESS,
  EINTR,
  EPOLLIN,
  EPOLLOUT,
  IPPROTO_TCP,
  TCP_CLOSE_WAIT,
  TCP_ESTABLISHED,
  TCP_NODELAY,
} from './constants.js';
import { unprepared } from './dial.js';
import { ignoreResets } from './ignore-resets.js';
import type { Kernel } from './kernel.js';
import { limitHops, type PreparedSocket, prepareSocket, stopListeningForErrors } from './prepare-socket.js';
import type { Readiness } from './readiness.js';
import { keptHere, type TcpInfo, withoutState } from './tcp-info.js';

const opened: readonly number[] = [TCP_ESTABLISHED, TCP_CLOSE_WAIT];
/** Errors of a connection that is over. */
const ends = new Set(['ECONNRESET', 'EPIPE', 'ENOTCONN', 'EBADF', 'ETIMEDOUT', 'ECONNABORTED']);
const mostBytes = 4096;
const mostReads = 64;
/** After the first bytes: what belongs to the same flight comes close behind. */
const settleMs = 20;

/** Opens a connection, sends, and says what came back. Nothing of it goes through Node's streams: options can be set in between. */
export function converse(
  kernel: Kernel,
  readiness: Readiness,
  request: ConverseRequest,
  signal: AbortSignal,
): Promise<ConverseResult> {
  return new Promise((resolve) => {
    const queue: QueuedError[] = [];
    let turnedBack = false;
    const pieces: Uint8Array[] = [];
    let total = 0;
    let socket: PreparedSocket | null = null;
    let timer: NodeJS.Timeout | undefined;
    let sentAt: number | null = null;
    let reactedAt: number | null = null;
    let finished = false;
    let unwatch = (): void => {};
    let unwatchEnough = (): void => {};

    const finish = (ending: ConverseResult['ending'], failure?: ConverseResult['failure']): void => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      unwatch();
      unwatchEnough();
      const now = monotonic();
      const info = socket ? kernel.tcpInfo(socket.fd) : null;
      const localPort = socket?.localPort ?? null;
      if (socket) {
        queue.push(...kernel.drainErrors(socket.fd));
        readiness.forget(socket.fd);
        // A reset ends it in one packet, and the other side sends nothing more that would have to be answered.
        kernel.dropUnsent(socket.fd);
        kernel.close(socket.fd);
      }
      resolve({
        ...(failure && { failure }),
        ending,
        bytes: concat(pieces).subarray(0, mostBytes),
        total,
        icmp: queue.map(withoutErrno),
        turnedBack,
        acknowledged: acknowledgedBy(ending, info),
        unsent: sentAt !== null && info ? keptHere(info) : null,
        tcp: info && withoutState(info),
        localPort,
        ms: (reactedAt ?? now) - (sentAt ?? now),
      });
    };
    const react = (): void => {
      reactedAt ??= monotonic();
    };
    const readAll = ({ fd }: PreparedSocket): void => {
      for (let read = 0; read < mostReads; read++) {
        const got = kernel.receive(fd);
        if (got === EINTR) continue;
        if (got === EAGAIN) return;
        if (typeof got === 'number') {
          // An ICMP error sets the socket's error as well, and ends nothing (tcp_v4_err).
          if (!ends.has(errnoName(got))) {
            turnedBack = true;
            if (request.untilTurnedBack && total === 0) return finish('silent');
            continue;
          }
          react();
          return finish(total > 0 ? 'answered' : 'reset');
        }
        react();
        if (got.length === 0) return finish(total > 0 ? 'answered' : 'closed');
        total += got.length;
        if (total - got.length < mostBytes) pieces.push(got);
        if (total > mostBytes) return finish('answered');
        clearTimeout(timer);
        timer = setTimeout(() => finish('answered'), settleMs);
      }
    };
    const send = (one: PreparedSocket): void => {
      if (request.ttl === undefined) stopListeningForErrors(kernel, one.fd, one.to.family);
      if (!limitHops(kernel, one.fd, one.to.family, request)) return finish('unopened', refusedOption('hop limit'));
      clearTimeout(timer);
      sentAt = monotonic();
      const errno = sendAll(kernel, one.fd, request);
      if (errno !== 0 && errno !== EAGAIN) return finish('reset');
      const end = (): void => {
        readAll(one); // after busy times the loop runs its timers before it looks at sockets
        finish(total > 0 ? 'answered' : 'silent');
      };
      timer = setTimeout(end, request.waitMs);
      if (request.enough) unwatchEnough = whenAborted(request.enough, end);
      readAll(one);
    };
    const onReady = (): void => {
      if (!socket || finished) return;
      if (sentAt !== null) return readAll(socket);
      // In this order: draining the queue clears SO_ERROR.
      const errno = kernel.takeError(socket.fd);
      const info = kernel.tcpInfo(socket.fd);
      if (errno !== 0) {
        queue.push(...kernel.drainErrors(socket.fd));
        return finish('unopened', connectFailure(errnoName(errno), queue));
      }
      if (info && opened.includes(info.state)) send(socket);
    };

    if (signal.aborted) return finish('unopened', timedOut('connect', 'aborted'));
    unwatch = whenAborted(signal, () => finish('unopened', timedOut('connect', 'aborted')));
    const {
      ttl: _ttl,
      minTtl: _minTtl,
      enough: _enough,
      untilTurnedBack: _until,
      pieceBytes: _pieces,
      ...wanted
    } = request;
    const prepared = prepareSocket(kernel, 'tcp', wanted);
    if (!('fd' in prepared)) return finish('unopened', unprepared(prepared));
    socket = prepared;
    const filter = request.ignoreResets === true ? ignoreResets(kernel, prepared.fd) : null;
    if (filter !== null) return finish('unopened', refusedOption(`filter for resets: ${filter}`));
    const errno = kernel.connect(prepared.fd, prepared.to.bytes);
    if (errno !== 0 && errno !== EINPROGRESS) return finish('unopened', connectFailure(errnoName(errno), queue));
    const unwatched = readiness.watch(prepared.fd, EPOLLIN | EPOLLOUT, onReady);
    if (unwatched !== 0) return finish('unopened', connectFailure(errnoName(unwatched)));
    timer = setTimeout(() => {
      onReady();
      if (sentAt === null) finish('unopened', timedOut('connect', 'timeout'));
    }, request.timeoutMs);
  });
}

/** Without a payload only what comes unasked is waited for. */
function sendAll(kernel: Kernel, fd: number, { payload, pieceBytes = payload.length }: ConverseRequest): number {
  // Else what follows a short segment waits for its acknowledgement, and is put together meanwhile (Nagle, RFC 9293 3.7.4).
  if (pieceBytes < payload.length) kernel.set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  for (let at = 0; at < payload.length; at += pieceBytes) {
    const errno = kernel.send(fd, payload.subarray(at, at + pieceBytes));
    if (errno !== 0) return errno;
  }
  return 0;
}

/** An answer acknowledges by itself; a connection that is gone has no counters left. */
function acknowledgedBy(ending: ConverseResult['ending'], info: TcpInfo | null): boolean | null {
  if (ending === 'answered' || ending === 'closed') return true;
  return ending === 'silent' && info ? info.unacknowledged === 0 && (info.unsent ?? 0) === 0 : null;
}

function refusedOption(what: string): ConverseResult['failure'] {
  return { operation: 'connect', code: 'failed', raw: `not to be had: ${what}` };
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
