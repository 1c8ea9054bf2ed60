import type { Duplex } from 'node:stream';
import { familyOf, scopeOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';
import { exchange } from '../http/exchange.js';
import { mayLead, nextStep } from '../redirects/next-step.js';
import { measureTls } from '../tls/measure-later.js';

export interface Fetched {
  readonly json: unknown;
  readonly secure: boolean;
}

const keptBytes = 256 * 1024;
const mostSteps = 3;

/**
 * A JSON document of the Internet's, by GET without anything that tells who asks: bounded, never from a loopback, private
 * or metadata address, by https only with a certificate that holds. A text says why there is none.
 */
export async function fetchJson(url: string, timeoutMs: number, context: Context): Promise<Fetched | string> {
  const { system, options, signal } = context;
  const until = system.clock.now() + timeoutMs;
  const left = (): number => Math.max(1, Math.min(until - system.clock.now(), context.remaining() / 2));
  let from = url;
  for (let steps = 0; steps < mostSteps; steps++) {
    const step = nextStep(from, from);
    if ('refused' in step) return step.refused;
    const address = await addressOf(step.host, left(), context);
    if (address === null) return 'no public address';
    const { stream } = await system.sockets.dial(
      { address, port: step.port, timeoutMs: left(), interface: options.interface },
      signal,
    ).done;
    if (!stream) return 'not reached';
    const opened = step.secure
      ? await secured(stream, { address, port: step.port }, step.host, left(), context)
      : stream;
    if (typeof opened === 'string') return opened;
    const request = { ...step, method: 'GET', timeoutMs: left() } as const;
    const done = await exchange(opened, request, system, signal, keptBytes);
    const status = done.response?.status ?? 0;
    const location = done.response?.headers.get('location');
    if (status >= 300 && status < 400 && location !== undefined) {
      const next = nextStep(location, from);
      if ('refused' in next || (step.secure && !next.secure)) return 'leads where it is not followed';
      from = next.url.href;
      continue;
    }
    if (status !== 200) return status === 0 ? 'no answer' : `status ${status}`;
    try {
      return { json: JSON.parse(done.bodyHead.toString('utf8')) as unknown, secure: step.secure };
    } catch {
      return 'no JSON';
    }
  }
  return 'too many redirects';
}

/** The first public address; the family that was asked for. Where no resolver answers, the system is silent far longer. */
async function addressOf(host: string, timeoutMs: number, context: Context): Promise<string | null> {
  const { system, options, signal } = context;
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  void system.clock.sleep(timeoutMs, stop).then(() => over.abort());
  const { addresses } = familyOf(host) === 0 ? await system.lookup(host, options.family, stop) : { addresses: [host] };
  over.abort();
  const open = addresses.filter((address) => scopeOf(address) === 'public' && mayLead('192.0.2.1', address));
  return open.find((address) => familyOf(address) === 4) ?? open[0] ?? null;
}

async function secured(
  stream: Duplex,
  endpoint: { readonly address: string; readonly port: number },
  host: string,
  timeoutMs: number,
  { system, signal }: Context,
): Promise<Duplex | string> {
  const request = { serverName: host, applicationProtocols: ['http/1.1'], versions: 'usual', timeoutMs } as const;
  const measured = await measureTls(stream, endpoint, host, request, system, signal);
  if (measured.stream && !measured.entry.failure) return measured.stream;
  measured.stream?.destroy();
  return `its certificate or handshake fails (${measured.entry.failure?.code ?? 'failed'})`;
}
