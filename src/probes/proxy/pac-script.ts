import type { Duplex } from 'node:stream';
import { familyOf, scopeOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';
import { parseTarget } from '../../model/parse-target.js';
import { exchange } from '../http/exchange.js';
import { measureTls } from '../tls/measure-later.js';

/** Chromium takes no larger script (net::PacFileFetcherImpl, 1 MiB). */
const mostBytes = 1024 * 1024;
const longestMs = 4000;
const mostRedirects = 3;
/** Cloud machines tell their secrets at a link-local address. */
const ofThisDevice: ReadonlySet<string> = new Set(['loopback', 'link-local', 'unspecified']);

export type Fetched = { readonly ok: true; readonly script: string } | { readonly ok: false; readonly why: string };

/**
 * Loads the script as browsers do: by HTTP, HTTPS, or from a file where the user has set it. One GET without credentials,
 * bounded in time and size.
 */
export async function fetchScript(url: string, context: Context, by: 'set' | 'found' = 'set'): Promise<Fetched> {
  const [, path] = /^file:\/\/(?:localhost)?(\/.*)$/i.exec(url) ?? [];
  if (path !== undefined)
    return by === 'set' ? fromFile(path, context) : { ok: false, why: 'the network names a file of this computer' };
  let next = url;
  for (let hop = 0; hop <= mostRedirects; hop++) {
    // oxlint-disable-next-line no-await-in-loop -- each redirect is known only from the answer before it
    const got = await fromServer(next, context, by);
    if (!('location' in got)) return got;
    next = new URL(got.location, next).href;
  }
  return { ok: false, why: 'too many redirects' };
}

async function fromFile(path: string, { system }: Context): Promise<Fetched> {
  const read = await system.files.read(decoded(path), mostBytes);
  if (!read.ok) return { ok: false, why: `the file cannot be read (${read.code})` };
  return { ok: true, script: Buffer.from(read.bytes).toString('utf8') };
}

async function fromServer(
  url: string,
  context: Context,
  by: 'set' | 'found',
): Promise<Fetched | { readonly location: string }> {
  const { system, signal, options } = context;
  const parsed = parseTarget(url);
  if (!parsed.ok || (parsed.target.scheme !== 'http' && parsed.target.scheme !== 'https'))
    return { ok: false, why: 'its address is no URL of a script' };
  const { host, port, transport } = parsed.target;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
  const found = familyOf(host) === 0 ? await system.lookup(host, options.family, limit) : { addresses: [host] };
  const [address] = found.addresses;
  if (address === undefined) return { ok: false, why: `there is no address for the name ${host}` };
  // Whoever names it must not have this computer's own services asked.
  if (by === 'found' && ofThisDevice.has(scopeOf(address)))
    return { ok: false, why: `the network names a place of this computer itself (${address})` };
  const timeoutMs = Math.max(1, Math.min(longestMs, context.remaining() / 2));
  const { stream, failure } = await system.sockets.dial({ address, port, timeoutMs }, limit).done;
  if (!stream) return { ok: false, why: `${address} port ${port}: ${failure?.code ?? 'no connection'}` };
  const secure = transport === 'tls';
  const opened = secure ? await overTls(stream, host, context) : stream;
  if (!opened) return { ok: false, why: `no TLS connection to ${host}` };
  const { pathname, search } = new URL(url);
  const request = { method: 'GET', secure, host, port, path: `${pathname}${search}`, timeoutMs } as const;
  const { response, bodyHead, cut } = await exchange(opened, request, system, signal, mostBytes);
  if (!response) return { ok: false, why: `no answer from ${host}` };
  const { status, headers } = response;
  const location = headers.get('location');
  if (status >= 300 && status < 400 && location !== undefined) return { location };
  if (status !== 200) return { ok: false, why: `${host} answers with status ${status}` };
  if (cut) return { ok: false, why: `${host} ends the connection before the script is whole` };
  return { ok: true, script: bodyHead.toString('utf8') };
}

async function overTls(connection: Duplex, host: string, context: Context): Promise<Duplex | null> {
  const usual = {
    serverName: familyOf(host) === 0 ? host : null,
    applicationProtocols: ['http/1.1'],
    versions: 'usual',
    timeoutMs: Math.max(1, Math.min(longestMs, context.remaining() / 2)),
  } as const;
  const place = { address: host, port: 443 };
  const { entry, stream } = await measureTls(connection, place, host, usual, context.system, context.signal);
  if (stream && !entry.failure) return stream;
  stream?.destroy();
  return null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
