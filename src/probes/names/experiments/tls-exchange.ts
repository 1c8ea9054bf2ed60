/** DNS over TLS (RFC 7858): who answers shows by certificate that he is the one at that address. */
import { measureTls } from '../../tls/measure-later.js';
import type { Failure } from '../../../model/failure.js';
import type { Context } from '../../../model/gatherer.js';
import type { DatagramExchange, Endpoint, ExchangeOutcome } from '../../dns/datagram-exchange.js';
import { overStream } from '../resolver-exchange.js';

const PORT = 853;

/**
 * Only an answer of somebody whose certificate holds for the resolver's address counts; all else is a failure, and says
 * nothing, as few resolvers serve this.
 */
export function tlsExchange({ system, options }: Pick<Context, 'system' | 'options'>): DatagramExchange['tcp'] {
  return async (server, payload, timeoutMs, signal) => {
    const begun = system.clock.now();
    const elapsed = (): number => system.clock.now() - begun;
    const failedWith = ({ code, raw }: Failure): ExchangeOutcome =>
      code === 'timed-out'
        ? { outcome: 'timed-out', ms: elapsed() }
        : { outcome: 'failed', code: raw === '' ? code : raw, ms: elapsed() };
    const at: Endpoint = { address: server.address, port: PORT };
    const dialled = await system.sockets.dial({ ...at, timeoutMs, interface: options.interface }, signal).done;
    if (!dialled.stream) return failedWith(dialled.failure ?? { operation: 'connect', code: 'failed', raw: '' });
    const request = {
      serverName: null,
      applicationProtocols: ['dot'],
      versions: 'usual',
      timeoutMs: Math.max(1, timeoutMs - elapsed()),
    } as const;
    const { entry, stream } = await measureTls(dialled.stream, at, server.address, request, system, signal);
    if (!stream || entry.failure) {
      stream?.destroy();
      return failedWith(entry.failure ?? { operation: 'tls', code: 'failed', raw: '' });
    }
    return overStream(stream, {
      system,
      server,
      payload,
      timeoutMs: timeoutMs - elapsed(),
      signal,
      failedWith,
      elapsed,
    });
  };
}
