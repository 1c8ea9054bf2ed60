import type { Duplex } from 'node:stream';
import { familyOf } from '../../model/address.js';
import type { RedirectHop } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import { exchange, type Request } from '../http/exchange.js';
import { httpTry } from '../http/http-try.js';
import { measureTls } from '../tls/measure-later.js';
import type { Step } from './next-step.js';

const longest = { tlsMs: 4000, httpMs: 6000 };

/** What a page answers on a connection that is open: TLS where its scheme wants it, then one request. */
export async function askStep(
  step: Omit<Step, 'url'>,
  address: string,
  connection: Duplex,
  context: Context,
  proxied: Pick<Request, 'proxied'> = {},
): Promise<Pick<RedirectHop, 'tls' | 'http'>> {
  const { system, signal } = context;
  const { secure, host, port, path } = step;
  const request = {
    method: 'GET',
    secure,
    host,
    port,
    path,
    timeoutMs: within(longest.httpMs, context),
    ...proxied,
  } as const;
  if (!secure) return { http: httpTry(await exchange(connection, request, system, signal), request, address) };
  const serverName = familyOf(host) === 0 ? host : null;
  const usual = {
    serverName,
    applicationProtocols: ['http/1.1'],
    versions: 'usual',
    timeoutMs: within(longest.tlsMs, context),
  } as const;
  const { entry, stream } = await measureTls(connection, { address, port }, host, usual, system, signal);
  if (!stream || entry.failure) {
    stream?.destroy();
    return { tls: entry };
  }
  return { tls: entry, http: httpTry(await exchange(stream, request, system, signal), request, address) };
}

/** A third of what is left, for one step of several. */
export function within(most: number, context: Context): number {
  return Math.max(1, Math.min(most, context.remaining() / 3));
}
