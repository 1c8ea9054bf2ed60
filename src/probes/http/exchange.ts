import type { Duplex } from 'node:stream';
import manifest from '../../../package.json' with { type: 'json' };
import { hostPort } from '../../model/address.js';
import type { Failure } from '../../model/failure.js';
import { isOverBudget, tooMany } from '../../model/over-budget.js';
import type { System } from '../../model/system.js';
import { keptOn, untilUnheard } from '../connect/unheard.js';
import { belowOf } from '../tls/below.js';
import { ResponseReader, type Response } from './response-reader.js';
import { upgradeLines } from './websocket.js';

export interface Request {
  readonly method: 'GET' | 'HEAD';
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** Path, and a query only where a server's own redirect gave it. */
  readonly path: string;
  readonly timeoutMs: number;
  /** A media type that is asked for, in place of any. */
  readonly accept?: string;
  /** A header with a secret that the user gave for this very server. Never a fact. */
  readonly key?: readonly [name: string, value: string];
  /** A WebSocket is asked for, with this key. Never a fact. */
  readonly webSocket?: string;
  /** The request goes to a proxy, which wants the whole URL (RFC 9112 3.2.2), with this login. Never a fact. */
  readonly proxied?: { readonly login: string | null };
}

export interface Exchange {
  readonly ms: number;
  /** How it ended before an answer could be judged. */
  readonly failure?: Failure;
  /** The connection ended before its answer did. */
  readonly cut?: Failure<'http'>;
  /** On the connection, encrypted as they are. */
  readonly receivedBytes: number;
  readonly response: Response | null;
  readonly bodyBytes: number;
  readonly bodyHead: Buffer;
  /** First bytes of what is no HTTP. */
  readonly strange: Buffer | null;
}

type Ending = 'done' | 'not-http' | 'endless' | 'ended' | 'broken' | 'late';

/** A megabit a second: whoever sends as much without end is not slow. */
const floodBytesPerMs = 125;

/** Answers that never end by design: that they do not is no fault. */
const streaming =
  /^(text\/event-stream|multipart\/x-mixed-replace|audio\/|video\/|application\/(x-ndjson|stream\+json|octet-stream))/i;

/**
 * One GET on an open connection and its answer, bounded in bytes and time. Without cookies, credentials or anything else
 * that tells the user apart; the program says honestly what it is. `keptBytes`: how much of the body comes with it.
 */
export async function exchange(
  stream: Duplex,
  request: Request,
  system: System,
  signal: AbortSignal,
  keptBytes?: number,
): Promise<Exchange> {
  const begun = system.clock.now();
  const receivedBefore = bytesRead(stream);
  const reader = new ResponseReader(keptBytes);
  let error: NodeJS.ErrnoException | null = stream.errored;
  const over = new AbortController();
  const late = system.clock.sleep(request.timeoutMs, AbortSignal.any([signal, over.signal])).then((): Ending => 'late');
  const ended = new Promise<Ending>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      const progress = reader.feed(chunk);
      if (progress === 'done' || progress === 'not-http' || progress === 'endless') resolve(progress);
      else if (request.method === 'HEAD' && reader.response) resolve('done');
    });
    stream.on('end', () => resolve('ended'));
    stream.on('error', (problem: NodeJS.ErrnoException) => {
      error ??= problem;
      resolve('broken');
    });
    stream.on('close', () => resolve('ended'));
    // It may have broken while nobody listened.
    if (stream.destroyed) resolve('ended');
  });
  stream.resume();
  stream.write(headOf(request));
  const unheard = untilUnheard(stream, system, AbortSignal.any([signal, over.signal])).then((): Ending => 'late');
  const ending = await Promise.race([ended, late, unheard]);
  over.abort();
  const ms = system.clock.now() - begun;
  const receivedBytes = bytesRead(stream) - receivedBefore;
  const kept = ending === 'late' && reader.response === null ? keptOn(stream, system) : {};
  stream.destroy();
  const failure = failureOf(ending, reader, error, receivedBytes / Math.max(1, ms));
  const cut = failure || request.method === 'HEAD' ? undefined : cutBy(ending, reader, error);
  return {
    ms,
    ...(failure && { failure: { ...failure, ...kept } }),
    ...(cut && { cut }),
    receivedBytes,
    response: reader.response,
    bodyBytes: reader.bodyBytes,
    bodyHead: reader.bodyHead,
    strange: ending === 'not-http' ? Buffer.from(reader.strange) : null,
  };
}

/** On the connection below, whatever is destroyed by now. */
function bytesRead(stream: Duplex): number {
  const below = belowOf(stream);
  return 'bytesRead' in below && typeof below.bytesRead === 'number' ? below.bytesRead : 0;
}

/** The request as it is sent. */
export function headOf({ method, secure, host, port, path, accept = '*/*', key, webSocket, proxied }: Request): Buffer {
  const usual = port === (secure ? 443 : 80);
  const authority = usual ? hostPort(host, port).replace(/:\d+$/, '') : hostPort(host, port);
  const lines = [
    `${method} ${proxied ? `http://${authority}` : ''}${cleanPath(path)} HTTP/1.1`,
    `Host: ${authority}`,
    ...(proxied?.login ? [`Proxy-Authorization: ${proxied.login}`] : []),
    ...(key ? [`${key[0]}: ${key[1].replace(/[^\x21-\x7e]/g, '')}`] : []),
    `User-Agent: whoblocked/${manifest.version}`,
    `Accept: ${accept}`,
    'Accept-Encoding: identity',
    ...(webSocket === undefined ? ['Connection: close'] : upgradeLines(webSocket)),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

/** No byte of a path may end the request line, wherever it came from (a redirect's Location is anybody's). */
function cleanPath(path: string): string {
  const safe = path.replace(/[^\x21-\x7e]+/g, (run) =>
    [...Buffer.from(run, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  return safe.startsWith('/') ? safe : `/${safe}`;
}

function failureOf(
  ending: Ending,
  reader: ResponseReader,
  error: NodeJS.ErrnoException | null,
  bytesPerMs: number,
): Failure | undefined {
  const got = `${reader.bodyBytes} bytes of the body`;
  if (ending === 'not-http' || ending === 'endless') return { operation: 'http', code: ending, raw: ending };
  // With the status line in hand, the rest of the body matters only where it was announced and does not come.
  if (reader.response) {
    const endless = streaming.test(reader.response.headers.get('content-type') ?? '');
    if (ending !== 'late' || !reader.bounded || endless) return undefined;
    return { operation: 'http', code: 'timed-out', raw: `${got}, then too slow` };
  }
  if (ending === 'late') return { operation: 'http', code: 'timed-out', raw: 'no whole answer' };
  return brokenBy(error, bytesPerMs);
}

/** Of them each part is whole by itself, and whoever reads them asks again when they end. */
const ofParts = /^(text\/event-stream|multipart\/x-mixed-replace|application\/(x-ndjson|stream\+json))/i;

/**
 * The end of the connection in place of the end of the body (RFC 9112 8). Where no end was announced, an orderly one is the
 * end of the body, also without TLS's own word for it, which many servers leave out; a reset never is.
 */
function cutBy(
  ending: Ending,
  reader: ResponseReader,
  error: NodeJS.ErrnoException | null,
): Failure<'http'> | undefined {
  if (!reader.response || (ending !== 'ended' && ending !== 'broken') || isOverBudget(error)) return undefined;
  if (ofParts.test(reader.response.headers.get('content-type') ?? '')) return undefined;
  const reset = error?.code === 'ECONNRESET' || error?.code === 'EPIPE';
  if (!reader.lacksRest && !(reset && reader.state === 'body')) return undefined;
  const whole = reader.announced === null ? '' : ` of ${reader.announced}`;
  const got = `${reader.bodyBytes}${whole} bytes of the body`;
  return { operation: 'http', code: reset ? 'reset' : 'closed', raw: `${got}, then ${reset ? 'a reset' : 'the end'}` };
}

/** A connection that broke before any answer. */
function brokenBy(error: NodeJS.ErrnoException | null, bytesPerMs: number): Failure {
  const code = error?.code ?? '';
  // A flood has used up what may be sent to that address; a trickle may have, and the experiments about it.
  if (isOverBudget(error))
    return bytesPerMs >= floodBytesPerMs
      ? { operation: 'http', code: 'endless', raw: tooMany }
      : { operation: 'http', code: 'timed-out', raw: 'no whole answer' };
  if (code === 'ECONNRESET' || code === 'EPIPE') return { operation: 'http', code: 'reset', raw: code };
  // TLS 1.3 servers refuse a missing client certificate only after the handshake (RFC 8446 4.4.2.4).
  if (code === 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED') {
    return { operation: 'tls', code: 'client-certificate-required', raw: 'alert 116 certificate_required' };
  }
  if (code.startsWith('ERR_SSL_')) return { operation: 'tls', code: 'alert', raw: code.slice(0, 200) };
  return { operation: 'http', code: 'closed', raw: code || 'end of stream before an answer' };
}
