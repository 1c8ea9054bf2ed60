import { connect, type Socket } from 'node:net';
import type { Failure } from '../../model/failure.js';
import type { Dialling, DialResult } from '../../model/system.js';
import { connectFailure, timedOut } from '../classify-connect.js';
import { whenAborted } from '../when-aborted.js';
import { monotonic } from '../monotonic.js';

export type Destination = { readonly host: string; readonly port: number } | { readonly path: string };

/** Opens a connection by node:net. */
export function dialPlain(to: Destination, timeoutMs: number, signal: AbortSignal, discard = false): Dialling {
  const began = monotonic();
  let finish: (failure: Failure<'connect'> | null) => void = () => {};
  const onAbort = (): void => finish(timedOut('connect', 'aborted'));
  const done = new Promise<DialResult>((resolve) => {
    let socket: Socket | null = null;
    let timer: NodeJS.Timeout | undefined;
    let finished = false;
    let unwatch = (): void => {};
    finish = (failure) => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      unwatch();
      const base = {
        synchronous: false,
        ms: monotonic() - began,
        localAddress: socket?.localAddress ?? null,
        localPort: socket?.localPort ?? null,
        icmp: null,
        tcp: null,
      };
      if (failure === null && socket && !discard) return resolve({ ...base, stream: socket });
      socket?.destroy();
      if (failure === null && socket) return resolve(base);
      resolve({ ...base, failure: failure ?? connectFailure('closed') });
    };
    if (signal.aborted) return onAbort();
    unwatch = whenAborted(signal, onAbort);
    socket = connect('path' in to ? { path: to.path } : { host: to.host, port: to.port, autoSelectFamily: false });
    // After busy times the loop runs its timers before it looks at sockets: an answer may be there already.
    timer = setTimeout(() => setImmediate(finish, timedOut('connect', 'timeout')), timeoutMs);
    socket.once('connect', () => finish(null));
    // Stays: an owner that has let go of the stream must not be surprised by an error of the network.
    socket.on('error', (error) => finish(connectFailure('code' in error ? String(error.code) : error.message)));
  });
  return { done, peek: () => null, giveUp: () => finish(timedOut('connect', 'given up')) };
}
