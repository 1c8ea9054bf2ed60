import type { DatagramRequest, Dialling, DialRequest, Sockets } from '../../model/system.js';
import { sendPlainDatagram } from './datagram.js';
import { dialPlain } from './dial.js';

/**
 * Sockets of Node itself, where system calls are not to be had. They show no ICMP error and no counter of the kernel,
 * and cannot tell whether an error came at once from this device: `synchronous` is false there, never guessed from
 * timing. The local port is not known before the first packet leaves, so nothing can be armed for it (`onBound` is
 * not called by `dial`).
 */
export const plainSockets: Sockets = {
  dial: (request, signal) =>
    wantsMore(request)
      ? refused
      : dialPlain({ host: request.address, port: request.port }, request.timeoutMs, signal, request.discard),
  datagram: (request, signal) =>
    wantsMore(request)
      ? Promise.resolve({
          outcome: { operation: 'datagram', code: 'failed', raw: notHere },
          ms: 0,
          icmp: null,
          ignored: 0,
          localPort: null,
        })
      : sendPlainDatagram(request, signal),
  dialUnix: (path, timeoutMs, signal) => dialPlain({ path }, timeoutMs, signal),
};

const notHere = 'not supported here';

const refused: Dialling = {
  done: Promise.resolve({
    failure: { operation: 'connect', code: 'failed', raw: notHere },
    synchronous: false,
    ms: 0,
    localAddress: null,
    localPort: null,
    icmp: null,
    tcp: null,
  }),
  peek: () => null,
  giveUp: () => {},
};

/** Socket options that Node does not offer. */
function wantsMore(request: DialRequest | DatagramRequest): boolean {
  const { ttl, minTtl, tos, interface: device }: Partial<DialRequest> = request;
  return ttl !== undefined || minTtl !== undefined || tos !== undefined || Boolean(device);
}
