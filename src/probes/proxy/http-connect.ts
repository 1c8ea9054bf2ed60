import type { Duplex } from 'node:stream';
import manifest from '../../../package.json' with { type: 'json' };
import { hostPort } from '../../model/address.js';
import type { ProxyServer } from '../../model/proxy-facts.js';
import type { Failure } from '../../model/failure.js';
import { writtenByProxy } from '../../model/proxied.js';
import type { Context } from '../../model/gatherer.js';
import { tellingHeaders } from '../http/http-try.js';
import { basicLogin } from '../http/proxied-request.js';
import { ResponseReader, type Response } from '../http/response-reader.js';
import { readWhole } from './reader.js';
import type { Handshake } from './handshake.js';

/** Asks an HTTP proxy for a connection (RFC 9110 9.3.6). */
export async function httpConnect(
  stream: Duplex,
  server: ProxyServer,
  goal: { readonly address: string; readonly port: number },
  timeoutMs: number,
  context: Context,
): Promise<Handshake> {
  const where = hostPort(goal.address, goal.port);
  const login = basicLogin(server);
  const lines = [
    `CONNECT ${where} HTTP/1.1`,
    `Host: ${where}`,
    `User-Agent: whoblocked/${manifest.version}`,
    ...(login === null ? [] : [`Proxy-Authorization: ${login}`]),
  ];
  stream.write(`${lines.join('\r\n')}\r\n\r\n`);
  const read = await readWhole(stream, headLength, timeoutMs, context);
  if (read.bytes.length > 0 && !isHttp(read.bytes)) {
    return { failure: { operation: 'proxy', code: 'not-a-proxy', raw: shown(read.bytes) } };
  }
  if (read.failure) return { failure: read.failure };
  const { response, bodyHead } = readAnswer(read.bytes);
  if (!response) return { failure: { operation: 'proxy', code: 'not-a-proxy', raw: shown(read.bytes) } };
  if (response.status >= 200 && response.status < 300) {
    // A page instead of a connection: a tunnel has no length (RFC 9110 9.3.6), and web servers answer any method so.
    if (Number(response.headers.get('content-length') ?? 0) === 0) return { status: response.status };
    return { failure: { operation: 'proxy', code: 'not-a-proxy', raw: `${response.status} with a page` } };
  }
  const body = bodyHead.length > 0 ? bodyHead : await restOf(stream, context);
  const headers = tellingHeaders(response.headers);
  return {
    status: response.status,
    headers,
    ...(body.length > 0 && { bodyHead: body.subarray(0, mostBody).toString('utf8') }),
    failure: failureOf(response, headers, [goal.address, server.host]),
  };
}

const mostBody = 2048;
const mostWords = 200;

/** Everything up to the blank line; interim answers (1xx) before the real one belong to it. */
function headLength(bytes: Buffer): number | null {
  // What is no HTTP is not waited for.
  if (!isHttp(bytes)) return bytes.length;
  let from = 0;
  for (let interim = 0; interim < 8; interim++) {
    const end = bytes.indexOf('\r\n\r\n', from);
    if (end < 0) return null;
    const code = /^HTTP\/\d(?:\.\d)? 1\d\d/.test(bytes.subarray(from, from + 13).toString('latin1'));
    if (!code) return end + 4;
    from = end + 4;
  }
  return from;
}

function isHttp(bytes: Buffer): boolean {
  const begins = bytes.subarray(0, 5).toString('latin1');
  return 'HTTP/'.startsWith(begins);
}

function readAnswer(bytes: Buffer): { response: Response | null; bodyHead: Buffer } {
  const reader = new ResponseReader();
  reader.feed(bytes);
  return { response: reader.response, bodyHead: reader.bodyHead };
}

/** A page that says why: worth a moment, and no more. */
async function restOf(stream: Duplex, context: Context): Promise<Buffer> {
  const { bytes } = await readWhole(stream, (all) => (all.length >= mostBody ? all.length : null), pageMs, context);
  return bytes;
}

const pageMs = 150;

/** Statuses of servers that do not know the method at all: nginx 405 and 400, Apache 405, others 404 and 501. */
const unknownMethod = new Set([400, 404, 405, 426, 501, 505]);

function failureOf(
  { status, reason, headers: all }: Response,
  headers: Readonly<Record<string, string>>,
  own: readonly string[],
): Failure<'proxy'> {
  const raw = `${status} ${reason}`.trimEnd().slice(0, mostWords);
  if (status === 407) return { operation: 'proxy', code: 'authentication', raw };
  const isOfWebServer = unknownMethod.has(status) || (status < 400 && own.includes(hostIn(all.get('location'))));
  if (isOfWebServer && !writtenByProxy(headers)) return { operation: 'proxy', code: 'not-a-proxy', raw };
  const code = status >= 500 && status !== 501 && status !== 505 ? 'upstream-failed' : 'refused';
  return { operation: 'proxy', code, raw };
}

/** Whoever leads on to the very host that was asked for, or to himself, is a web server that wants HTTPS. */
function hostIn(location: string | undefined): string {
  return location !== undefined && URL.canParse(location)
    ? new URL(location).hostname.replaceAll(/^\[|\]$/g, '').toLowerCase()
    : '';
}

function shown(bytes: Buffer): string {
  return (
    bytes
      .subarray(0, 40)
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? ''
  );
}
