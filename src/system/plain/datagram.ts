import type { Failure } from '../../model/failure.js';
import type { DatagramRequest, DatagramResult } from '../../model/system.js';
import { datagramFailure, timedOut } from '../classify-connect.js';
import { whenAborted } from '../when-aborted.js';
import { familyOf } from '../../model/address.js';
import { monotonic } from '../monotonic.js';

/** Sends one datagram by node:dgram, on a connected socket of its own, so that a refusal reaches it. */
export async function sendPlainDatagram(request: DatagramRequest, signal: AbortSignal): Promise<DatagramResult> {
  const { createSocket } = process.getBuiltinModule('node:dgram');
  const socket = createSocket(familyOf(request.address) === 6 ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    let began = monotonic();
    let ignored = 0;
    let localPort: number | null = null;
    let finished = false;
    let unwatch = (): void => {};
    const finish = (outcome: 'reply' | Failure<'datagram'>, bytes?: Uint8Array): void => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      unwatch();
      socket.close();
      const ms = monotonic() - began;
      resolve({ outcome, ms, icmp: null, ignored, localPort, ...(bytes && { bytes }) });
    };
    const fail = (error: Error): void => finish(datagramFailure('code' in error ? String(error.code) : error.message));
    const onAbort = (): void => finish(timedOut('datagram', 'aborted'));
    const timer = setTimeout(() => setImmediate(finish, timedOut('datagram', 'timeout')), request.timeoutMs);
    if (signal.aborted) return onAbort();
    unwatch = whenAborted(signal, onAbort);
    socket.on('error', fail);
    socket.on('message', (bytes) => {
      try {
        if (!request.accept || request.accept(bytes)) finish('reply', new Uint8Array(bytes));
        else ignored++;
      } catch (fault) {
        reject(fault);
        finish(datagramFailure('closed'));
      }
    });
    const send = async (): Promise<void> => {
      localPort = socket.address().port;
      await request.onBound?.(localPort);
      if (finished) return;
      began = monotonic();
      socket.send(request.payload, (error) => error && fail(error));
    };
    socket.once('connect', () => void send().catch(reject));
    socket.connect(request.port, request.address);
  });
}
