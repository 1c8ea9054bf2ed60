/** DNS over HTTPS (RFC 8484): as over TLS, on a port that hardly anybody blocks. */
import { measureTls } from '../../tls/measure-later.js';
import { exchange } from '../../http/exchange.js';
import type { Failure } from '../../../model/failure.js';
import type { Context } from '../../../model/gatherer.js';
import type { DatagramExchange, Endpoint, ExchangeOutcome } from '../../dns/datagram-exchange.js';

const port = 443;
const path = '/dns-query';
const mostBytes = 0xffff;

/**
 * Only an answer of somebody whose certificate holds for the resolver's address counts, at the path that RFC 8484 uses in its
 * examples and public resolvers serve. By HTTP/1.1: who serves HTTP/2 alone is not heard.
 */
export function httpsExchange({ system, options }: Pick<Context, 'system' | 'options'>): DatagramExchange['tcp'] {
  return async (server, payload, timeoutMs, signal) => {
    const begun = system.clock.now();
    const elapsed = (): number => system.clock.now() - begun;
    const left = (): number => Math.max(1, timeoutMs - elapsed());
    const failedWith = (failure: Pick<Failure, 'code' | 'raw'> | undefined): ExchangeOutcome =>
      failure?.code === 'timed-out'
        ? { outcome: 'timed-out', ms: elapsed() }
        : { outcome: 'failed', code: failure?.raw || (failure?.code ?? 'failed'), ms: elapsed() };
    const at: Endpoint = { address: server.address, port };
    const dialled = await system.sockets.dial({ ...at, timeoutMs, interface: options.interface }, signal).done;
    if (!dialled.stream) return failedWith(dialled.failure);
    const hello = {
      serverName: null,
      applicationProtocols: ['http/1.1'],
      versions: 'usual',
      timeoutMs: left(),
    } as const;
    const { entry, stream } = await measureTls(dialled.stream, at, server.address, hello, system, signal);
    if (!stream || entry.failure) {
      stream?.destroy();
      return failedWith(entry.failure);
    }
    const done = await exchange(
      stream,
      {
        method: 'GET',
        secure: true,
        host: server.address,
        port,
        path: `${path}?dns=${Buffer.from(payload).toString('base64url')}`,
        accept: 'application/dns-message',
        timeoutMs: left(),
      },
      system,
      signal,
      mostBytes,
    );
    const { response } = done;
    if (!response || done.failure) return failedWith(done.failure);
    if (response.status !== 200 || !/^application\/dns-message\b/i.test(response.headers.get('content-type') ?? ''))
      return failedWith({ code: 'failed', raw: `status ${response.status}` });
    return { outcome: 'reply', from: server, bytes: Uint8Array.from(done.bodyHead), ms: elapsed() };
  };
}
