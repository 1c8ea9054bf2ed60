// What is said on a connection that was made: TLS, one HTTP request, or nothing but listening.
import { readFileSync } from 'node:fs';
import type net from 'node:net';
import tls from 'node:tls';
import type { Duplex } from 'node:stream';
import type { Tried, Wish } from './words.js';

const SAY_MS = 1500;
const LISTEN_MS = 900;

type Said = Pick<Tried, 'proxy' | 'tls' | 'http' | 'greeting'>;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return code ?? error.message;
}

function handshake(
  socket: net.Socket,
  host: string,
): Promise<{ stream: tls.TLSSocket | null; said: NonNullable<Said['tls']> }> {
  return new Promise((resolve) => {
    const authorities = process.env['SSL_CERT_FILE'];
    const stream = tls.connect({
      socket,
      servername: host,
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      ...(authorities === undefined ? {} : { ca: readFileSync(authorities) }),
    });
    const fail = (outcome: string): void => {
      clearTimeout(timer);
      resolve({ stream: null, said: { outcome, certificate: null } });
    };
    const timer = setTimeout(() => fail('timed-out'), SAY_MS);
    stream.once('secureConnect', () => {
      clearTimeout(timer);
      const why = stream.authorizationError as unknown;
      const certificate = stream.authorized ? null : why instanceof Error ? reasonOf(why) : String(why);
      resolve({ stream, said: { outcome: 'ok', certificate } });
    });
    stream.once('error', (error) => fail(reasonOf(error)));
    stream.once('close', () => fail('closed'));
    stream.on('error', () => undefined);
  });
}

function request(stream: Duplex, lines: readonly string[]): Promise<NonNullable<Said['http']>> {
  return new Promise((resolve) => {
    let head = '';
    const done = (outcome: string): void => {
      clearTimeout(timer);
      // What comes behind a proxy's answer is for whoever speaks next.
      stream.off('data', hear);
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
      const location = /^location: *(\S+)/im.exec(head)?.[1] ?? null;
      const known = status === undefined && head !== '' ? 'not-http' : outcome;
      resolve({ outcome: status === undefined ? known : 'ok', status: Number(status ?? 0), location });
    };
    const timer = setTimeout(() => done('timed-out'), SAY_MS);
    const hear = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      if (head.includes('\r\n\r\n') || !'HTTP/'.startsWith(head.slice(0, 5))) done('ok');
    };
    stream.on('data', hear);
    stream.once('error', (error) => done(reasonOf(error)));
    stream.once('close', () => done('closed'));
    stream.once('end', () => done('closed'));
    stream.on('error', () => undefined);
    stream.write(`${lines.join('\r\n')}\r\n\r\n`);
  });
}

function listen(socket: net.Socket): Promise<string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('timed-out'), LISTEN_MS);
    const done = (what: string): void => {
      clearTimeout(timer);
      resolve(what);
    };
    socket.once('data', (chunk) => done(`said ${chunk.toString('latin1').slice(0, 40)}`));
    socket.once('error', (error) => done(reasonOf(error)));
    socket.once('close', () => done('closed'));
    socket.once('end', () => done('closed'));
  });
}

const asking = (what: string, host: string): string[] => [
  `GET ${what} HTTP/1.1`,
  `Host: ${host}`,
  'User-Agent: curl/8',
  'Accept: */*',
  'Connection: close',
];

export async function converse(socket: net.Socket, { scheme, host, port, proxy }: Wish): Promise<Said> {
  if (scheme === 'tcp') return { greeting: await listen(socket) };
  const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  if (scheme === 'http' && !proxy) return { http: await request(socket, asking('/', place)) };
  if (scheme === 'http') {
    const http = await request(socket, asking(`http://${place}/`, place));
    return { http, proxy: { outcome: http.outcome, status: http.status } };
  }
  const way = proxy ? await request(socket, [`CONNECT ${place} HTTP/1.1`, `Host: ${place}`]) : null;
  const said = way === null ? {} : { proxy: { outcome: way.outcome, status: way.status } };
  if (way !== null && way.status !== 200) return said;
  const { stream, said: tls } = await handshake(socket, host);
  if (stream === null) return { ...said, tls };
  return { ...said, tls, http: await request(stream, asking('/', place)) };
}
