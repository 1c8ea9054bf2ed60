import type { Failure } from '../../model/failure.js';
import type { DatagramRequest, DatagramResult } from '../../model/system.js';
import { datagramFailure, heardAfter, type QueuedError, timedOut, withoutErrno } from '../classify-connect.js';
import { errnoName } from '../errno-names.js';
import { whenAborted } from '../when-aborted.js';
import { EAGAIN, EINTR, EPOLLIN } from './constants.js';
import type { Kernel } from './kernel.js';
import { type PreparedSocket, prepareSocket } from './prepare-socket.js';
import type { Readiness } from './readiness.js';
import { monotonic } from '../monotonic.js';

/** Bound on what is read at one event; an edge that is not read to its end is read on at the next turn of the loop. */
const maxReads = 256;

/** Sends one datagram on a connected socket of its own and waits for a reply that `accept` takes, or an error. */
export function sendDatagram(
  kernel: Kernel,
  readiness: Readiness,
  request: DatagramRequest,
  signal: AbortSignal,
): Promise<DatagramResult> {
  return new Promise((resolve, reject) => {
    const queue: QueuedError[] = [];
    let socket: PreparedSocket | null = null;
    let localPort: number | null = null;
    let timer: NodeJS.Timeout | undefined;
    let sentAt = monotonic();
    let sentWallNs = 0n;
    let ignored = 0;
    let finished = false;
    let unwatch = (): void => {};

    const finish = (outcome: 'reply' | Failure<'datagram'>, bytes?: Uint8Array): void => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      unwatch();
      if (socket) {
        readiness.forget(socket.fd);
        kernel.close(socket.fd);
      }
      const ms = monotonic() - sentAt;
      const icmp = queue.map(withoutErrno);
      resolve({ outcome, ms, icmp, ignored, localPort, ...heardAfter(queue, sentWallNs), ...(bytes && { bytes }) });
    };
    const onAbort = (): void => finish(timedOut('datagram', 'aborted'));
    const fail = (errno: number, fd: number): void => {
      queue.push(...kernel.drainErrors(fd));
      finish(datagramFailure(errnoName(errno), queue));
    };
    const onReady = (): void => {
      try {
        readAll();
      } catch (fault) {
        giveBack(fault);
      }
    };
    const giveBack = (fault: unknown): void => {
      reject(fault);
      finish(datagramFailure('closed'));
    };
    /** Reads one datagram or error; false when there is nothing more to do for now. */
    const readOne = ({ fd }: PreparedSocket): boolean => {
      const got = kernel.receive(fd);
      if (typeof got === 'number') {
        if (got === EINTR) return true;
        if (got !== EAGAIN) fail(got, fd);
        else queue.push(...kernel.drainErrors(fd)); // what the kernel noted without an error
        return false;
      }
      if (request.accept && !request.accept(got)) {
        ignored++;
        return true;
      }
      finish('reply', got);
      return false;
    };
    const readAll = (): void => {
      if (!socket || finished) return;
      for (let read = 0; read < maxReads; read++) if (!readOne(socket)) return;
      setImmediate(onReady);
    };
    const send = ({ fd, to }: PreparedSocket): void => {
      sentAt = monotonic();
      const refused = kernel.connect(fd, to.bytes);
      // No packet filter has a say here: what refuses this call is a route or a policy.
      if (refused !== 0) {
        const name = errnoName(refused);
        return finish({ ...datagramFailure(name), raw: `${name} connect()` });
      }
      if (request.timed) sentWallNs = kernel.wallNs();
      const errno = readiness.watch(fd, EPOLLIN, onReady) || kernel.send(fd, request.payload);
      if (errno !== 0) return fail(errno, fd);
      timer = setTimeout(() => {
        onReady(); // after busy times the loop runs its timers before it looks at sockets
        finish(timedOut('datagram', 'timeout'));
      }, request.timeoutMs);
    };

    if (signal.aborted) return onAbort();
    unwatch = whenAborted(signal, onAbort);
    const prepared = prepareSocket(kernel, request.echo ? 'echo' : 'udp', request);
    if (!('fd' in prepared)) {
      const { errno, option } = prepared;
      return finish(
        option === undefined
          ? datagramFailure(errno)
          : { operation: 'datagram', code: 'failed', raw: `${errno}: ${option}` },
      );
    }
    socket = prepared;
    localPort = prepared.localPort;
    if (!request.onBound || localPort === null) return send(prepared);
    const armed = request.onBound(localPort);
    if (!(armed instanceof Promise)) return send(prepared);
    armed.then(() => !finished && send(prepared), giveBack);
  });
}
