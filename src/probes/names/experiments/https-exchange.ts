/** DNS over HTTPS (RFC 8484): as over TLS, on a port that hardly anybody blocks. */
import { measureTls } from '../../tls/measure-later.js';
import { exchange, type Request } from '../../http/exchange.js';
import type { System } from '../../../model/system.js';
import type { Duplex } from 'node:stream';
import type { Http2Answer, Http2Request } from './http2-get.js';
import type { Failure } from '../../../model/failure.js';
import type { Context } from '../../../model/gatherer.js';
import type { DatagramExchange, Endpoint, ExchangeOutcome } from '../../dns/datagram-exchange.js';

const usualPort = 443;
const path = '/dns-query';
const mediaType = 'application/dns-message';
const mostBytes = 0xffff;

/**
 * Only an answer of somebody whose certificate holds for the resolver's address counts, at the path that RFC 8484 uses in its
 * examples and public resolvers serve. By HTTP/2 where the server speaks it, as RFC 8484 5.2 recommends, else by HTTP/1.1.
 */
export function httpsExchange(
  { system, options }: Pick<Context, 'system' | 'options'>,
  port = usualPort,
): DatagramExchange['tcp'] {
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
      applicationProtocols: ['h2', 'http/1.1'],
      versions: 'usual',
      timeoutMs: left(),
    } as const;
    const { entry, stream } = await measureTls(dialled.stream, at, server.address, hello, system, signal);
    if (!stream || entry.failure) {
      stream?.destroy();
      return failedWith(entry.failure);
    }
    const question = `${path}?dns=${Buffer.from(payload).toString('base64url')}`;
    const common = { host: server.address, path: question, accept: mediaType, timeoutMs: left() } as const;
    const answer =
      entry.alpn === 'h2'
        ? await overHttp2(stream, common, system, signal)
        : await overHttp1(stream, { method: 'GET', secure: true, port, ...common }, system, signal);
    if ('failed' in answer)
      return failedWith({ code: answer.failed === 'timed-out' ? 'timed-out' : 'failed', raw: answer.failed });
    if (answer.status !== 200 || !/^application\/dns-message\b/i.test(answer.type))
      return failedWith({ code: 'failed', raw: `status ${answer.status}` });
    return { outcome: 'reply', from: server, bytes: Uint8Array.from(answer.bytes), ms: elapsed() };
  };
}

async function overHttp2(
  stream: Duplex,
  request: Omit<Http2Request, 'mostBytes'>,
  system: System,
  signal: AbortSignal,
): Promise<Http2Answer> {
  const { http2Get } = await import('./http2-get.js');
  return http2Get(stream, { ...request, mostBytes }, system, signal);
}

async function overHttp1(stream: Duplex, request: Request, system: System, signal: AbortSignal): Promise<Http2Answer> {
  const { response, cut, failure = cut, bodyHead } = await exchange(stream, request, system, signal, mostBytes);
  if (!response || failure)
    return { failed: failure?.code === 'timed-out' ? 'timed-out' : failure?.raw || 'no answer' };
  return { status: response.status, type: response.headers.get('content-type') ?? '', bytes: bodyHead };
}
