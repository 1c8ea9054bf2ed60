// Raw HTTP/1.1 on any stream: answers exactly the bytes that the description says, well-formed or not.
import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Answer, Routes } from './description.js';

const HEAD_BOUND = 64 * 1024;

interface Resettable {
  resetAndDestroy?: () => unknown;
}

/** Sends RST where the stream is a TCP socket (a TLS stream is handed its own socket by the caller). */
export function reset(stream: Duplex & Resettable): void {
  if (typeof stream.resetAndDestroy === 'function') stream.resetAndDestroy();
  else stream.destroy();
}

function answerFor(routes: Routes, head: string): Answer {
  const target = /^\S+ (\S+)/.exec(head)?.[1] ?? '/';
  return routes[target] ?? routes['*'] ?? { status: '404 Not Found', body: 'not found\n' };
}

/** `{date}` is the time of the answer, `{date+86400}` that many seconds later. */
function dated(header: string): string {
  return header.replace(/\{date([+-]\d{1,10})?\}/, (_, seconds: string | undefined) =>
    new Date(Date.now() + Number(seconds ?? 0) * 1000).toUTCString(),
  );
}

function headOf(answer: Answer, keepAlive: boolean): string {
  const lines = [`HTTP/1.1 ${answer.status}`, ...(answer.headers ?? []).map(dated)];
  const body = answer.body ?? '';
  if (answer.cut?.chunks === true) lines.push('Transfer-Encoding: chunked');
  else if (answer.endless === undefined) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  lines.push(keepAlive ? 'Connection: keep-alive' : 'Connection: close');
  return `${lines.join('\r\n')}\r\n`;
}

function pour(stream: Duplex, piece: string): void {
  const more = (): void => {
    while (!stream.destroyed && stream.write(piece));
    if (!stream.destroyed) stream.once('drain', more);
  };
  more();
}

function drip(stream: Duplex, text: string, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (stream.destroyed || at >= text.length) {
      clearInterval(timer);
      if (!stream.destroyed) stream.end();
      return;
    }
    stream.write(text.charAt(at));
    at += 1;
  }, everyMs);
}

/** A reset waits until what went before it has arrived: it would throw that away. */
function cutShort(stream: Duplex, raw: Duplex, head: string, body: string, cut: NonNullable<Answer['cut']>): void {
  const part = body.slice(0, cut.after);
  const size = Buffer.byteLength(part).toString(16);
  stream.write(`${head}\r\n${cut.chunks === true ? `${size}\r\n${part}\r\n` : part}`);
  if (cut.how === 'fin') stream.end();
  else setTimeout(() => reset(raw), 100);
}

function send(stream: Duplex, raw: Duplex, answer: Answer, keepAlive: boolean): void {
  if (stream.destroyed || answer.silent === true) return;
  if (answer.hangUp === 'rst') return reset(raw);
  if (answer.hangUp === 'fin') return void stream.end();
  const head = headOf(answer, keepAlive);
  if (answer.endless === 'headers') {
    stream.write(head);
    return pour(stream, `X-Filler: ${'a'.repeat(1000)}\r\n`);
  }
  if (answer.endless === 'body') {
    stream.write(`${head}\r\n`);
    return pour(stream, 'b'.repeat(16 * 1024));
  }
  if (answer.cut) return cutShort(stream, raw, head, answer.body ?? '', answer.cut);
  const whole = `${head}\r\n${answer.body ?? ''}`;
  if (answer.dripMs !== undefined) return drip(stream, whole, answer.dripMs);
  stream.write(whole);
  if (!keepAlive) stream.end();
}

/** RFC 6455 1.3 and 4.2.2: the opening alone; whatever comes afterwards is not read as HTTP any more by the one who asked. */
function openWebSocket(stream: Duplex, key: string): void {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
}

/** Serves requests on a stream until the client goes. `raw` is the TCP socket beneath, for resets. */
export function serveHttp(stream: Duplex, raw: Duplex, routes: Routes): void {
  let held = '';
  stream.on('error', () => undefined);
  stream.on('data', (chunk: Buffer) => {
    held += chunk.toString('latin1');
    if (held.length > HEAD_BOUND) {
      stream.destroy();
      return;
    }
    for (;;) {
      const end = held.indexOf('\r\n\r\n');
      if (end < 0) break;
      const head = held.slice(0, end);
      held = held.slice(end + 4);
      const answer = answerFor(routes, head);
      const keepAlive = !/^connection:\s*close/im.test(head) && /HTTP\/1\.1$/m.test(head.split('\r\n')[0] ?? '');
      const key = answer.webSocket && /^sec-websocket-key: (\S+)$/im.exec(head)?.[1];
      if (key) openWebSocket(stream, key);
      else if (answer.delayMs === undefined) send(stream, raw, answer, keepAlive);
      else setTimeout(() => send(stream, raw, answer, keepAlive), answer.delayMs);
    }
    // Not HTTP at all (a TLS hello, say): answer as nginx does.
    if (held.length > 3 && !/^[A-Z]{1,20}( |$)/.test(held)) {
      stream.end('HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nConnection: close\r\n\r\nbad request\r\n');
      held = '';
    }
  });
}
