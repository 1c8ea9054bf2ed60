import type { Failure } from '../../model/failure.js';
import type { Dialling, DialResult } from '../../model/system.js';
import { connectFailure, timedOut } from '../classify-connect.js';
import { errnoName } from '../errno-names.js';
import { whenAborted } from '../when-aborted.js';
import { adopt } from './adopt.js';
import { EAGAIN, SOCK_STREAM } from './constants.js';
import type { Kernel } from './kernel.js';
import { encodeUnixAddress } from './socket-address.js';
import { monotonic } from '../monotonic.js';

/** A full queue says EAGAIN and wakes nobody (unix(7)): it has to be asked again. */
const askAgainMs = 20;

/** Connects to a unix socket. connect() decides at once here: no packet, no waiting but for a full queue. */
export function dialUnix(kernel: Kernel, path: string, timeoutMs: number, signal: AbortSignal): Dialling {
  const began = monotonic();
  let timer: NodeJS.Timeout | undefined;
  let fd = -1;
  let finish: (failure: Failure<'connect'> | null) => void = () => {};
  const onAbort = (): void => finish(timedOut('connect', 'aborted'));
  const done = new Promise<DialResult>((resolve) => {
    let waited = false;
    let finished = false;
    let unwatch = (): void => {};
    finish = (failure) => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      unwatch();
      const rest = {
        synchronous: !waited,
        ms: monotonic() - began,
        localAddress: null,
        localPort: null,
        icmp: null,
        tcp: null,
      };
      if (failure === null) return resolve({ ...rest, stream: adopt(fd) });
      if (fd >= 0) kernel.close(fd);
      resolve({ ...rest, failure });
    };
    const attempt = (address: Uint8Array): void => {
      const errno = kernel.connect(fd, address);
      if (errno === 0) return finish(null);
      if (errno !== EAGAIN) return finish(connectFailure(errnoName(errno)));
      waited = true;
      const left = timeoutMs - (monotonic() - began);
      if (left <= 0) return finish(timedOut('connect', 'timeout'));
      timer = setTimeout(() => attempt(address), Math.min(askAgainMs, left));
    };
    if (signal.aborted) return onAbort();
    unwatch = whenAborted(signal, onAbort);
    const address = encodeUnixAddress(path);
    if (!address) return finish({ operation: 'connect', code: 'failed', raw: 'ENAMETOOLONG' });
    fd = kernel.open('unix', SOCK_STREAM);
    if (fd < 0) return finish(connectFailure(errnoName(-fd)));
    attempt(address);
  });
  return { done, peek: () => null, giveUp: () => finish(timedOut('connect', 'given up')) };
}
