import type { Duplex } from 'node:stream';
import { familyOf, unbracketed } from '../../model/address.js';
import { chooseProxy } from '../../model/choose-proxy.js';
import type { Context } from '../../model/gatherer.js';
import type { Opinion } from '../../model/quarantine.js';
import { exchange } from '../http/exchange.js';
import { openWay } from '../proxy/open-way.js';
import { measureTls } from '../tls/measure-later.js';
import { wordOf } from './word.js';

const answerMs = 20_000;
/** An answer holds the word of some 75 engines and much else: 30 to 300 KB. */
const keptBytes = 4 * 1024 * 1024;

export interface LookUp {
  /** Where the interface is: `https://www.virustotal.com`. */
  readonly service: string;
  /** The user's own key. It goes into one header of one request, and nowhere else. */
  readonly key: string;
}

/**
 * What VirusTotal knows of a file of exactly this content (API v3, `GET /api/v3/files/{sha256}`). The hash leaves this
 * computer, the file never does. No redirect is followed: the key is for that server alone.
 */
export async function virusTotal(sha256: string, { service, key }: LookUp, context: Context): Promise<Opinion> {
  const opinion = { scanner: 'VirusTotal', knows: null, speaksFor: true } as const;
  const silent = (words: string): Opinion => ({ ...opinion, says: 'no-answer', words });
  const url = new URL(service);
  const secure = url.protocol === 'https:';
  const place = { host: unbracketed(url.hostname), port: Number(url.port) || (secure ? 443 : 80), secure };
  const opened = await openTo(place, context);
  if (typeof opened === 'string') return silent(opened);
  const path = `${url.pathname.replace(/\/+$/, '')}/api/v3/files/${sha256}`;
  const timeoutMs = left(context);
  const request = {
    method: 'GET',
    ...place,
    path,
    timeoutMs,
    accept: 'application/json',
    key: ['x-apikey', key],
  } as const;
  const { response, bodyHead, failure } = await exchange(opened, request, context.system, context.signal, keptBytes);
  if (!response) return silent(failure?.code === 'timed-out' ? 'it does not answer in time' : 'it gives no answer');
  const word = wordOf(response.status, failure ? '' : bodyHead.toString('utf8'));
  // A server may say anything, the key that it was given too.
  return { ...opinion, ...word, words: word.words.replaceAll(key, '…') };
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

function left({ remaining }: Context): number {
  return Math.max(1, Math.min(answerMs, remaining() / 2));
}

/** An open connection to it, through the proxy that curl would take; or why there is none. */
async function openTo(place: Place, context: Context): Promise<Duplex | string> {
  const { system, signal } = context;
  const stream = await connectionTo(place, context);
  if (typeof stream === 'string' || !place.secure) return stream;
  const name = familyOf(place.host) === 0 ? place.host : null;
  const request = {
    serverName: name,
    applicationProtocols: ['http/1.1'],
    versions: 'usual',
    timeoutMs: left(context),
  } as const;
  const endpoint = { address: place.host, port: place.port };
  const measured = await measureTls(stream, endpoint, place.host, request, system, signal);
  if (measured.stream && !measured.entry.failure) return measured.stream;
  measured.stream?.destroy();
  return `its certificate or handshake fails (${measured.entry.failure?.code ?? 'failed'}): it was asked nothing`;
}

async function connectionTo({ host, port, secure }: Place, context: Context): Promise<Duplex | string> {
  const { system, signal } = context;
  const goal = { scheme: secure ? 'https' : 'http', host, port };
  const { setting } = chooseProxy(goal, (name) => system.environment(name), null);
  if (setting && secure) {
    const asked = { address: host, port, plainHttp: false, addresses: null };
    const { stream } = await openWay(setting, asked, context);
    return stream ?? 'it is not reached through the proxy';
  }
  const { addresses } = familyOf(host) === 0 ? await system.lookup(host, 0, signal) : { addresses: [host] };
  for (const address of addresses.slice(0, 4)) {
    // oxlint-disable-next-line no-await-in-loop -- the next address only where the one before does not answer
    const { stream } = await system.sockets.dial({ address, port, timeoutMs: left(context) / 2 }, signal).done;
    if (stream) return stream;
  }
  return addresses.length === 0 ? 'its name is not found' : 'it is not reached';
}
