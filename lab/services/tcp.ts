// The TCP services: listening on the wanted addresses, and what each kind does with a connection.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import type {
  ClosingService,
  GreetingService,
  HttpsService,
  Listening,
  RelayService,
  MadeCertificate,
  Service,
  SilentService,
} from './description.js';
import { reset, serveHttp } from './http.js';
import { proxy } from './proxy.js';

type OnConnection = (socket: net.Socket) => void;

export function addressesOf(service: Listening): readonly string[] {
  return service.addresses ?? ['0.0.0.0', '::'];
}

function bind(server: net.Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Opens the listeners of one TCP service. */
export async function listen(service: Listening, onConnection: OnConnection): Promise<void> {
  let toReset = service.resetFirst ?? 0;
  for (const host of addressesOf(service)) {
    const server = net.createServer({ allowHalfOpen: false }, (socket) => {
      socket.on('error', () => undefined);
      if (toReset > 0) {
        toReset -= 1;
        socket.resetAndDestroy();
        return;
      }
      onConnection(socket);
    });
    await bind(server, host, service.port);
  }
}

function greeting(service: GreetingService): OnConnection {
  return (socket) => {
    const replies = [...(service.replies ?? [])];
    const greet = (): unknown => service.text !== '' && socket.writable && socket.write(service.text, 'latin1');
    if (service.delayMs === undefined) greet();
    else setTimeout(greet, service.delayMs);
    socket.on('data', (bytes: Buffer) => {
      if (service.echoes) socket.write(bytes);
      const reply = replies.shift();
      if (reply !== undefined) socket.write(reply, 'latin1');
    });
  };
}

function closing(service: ClosingService): OnConnection {
  const close = (socket: net.Socket): void => {
    const bytes = service.bytes === undefined ? null : Buffer.from(service.bytes, 'base64');
    if (service.how === 'fin') {
      if (bytes !== null) socket.write(bytes);
      socket.end();
    } else if (bytes === null) reset(socket);
    else socket.write(bytes, () => reset(socket));
  };
  return (socket) => {
    if (service.after === 'accept') close(socket);
    else socket.once('data', () => close(socket));
  };
}

function relay({ to, stops, byText }: RelayService): OnConnection {
  const pass = (socket: net.Socket, { address, port } = to): void => {
    const onward = net.connect({ host: address, port });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  };
  if (stops === undefined && byText === undefined) return (socket) => pass(socket);
  return (socket) => {
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      const there = Object.entries(byText ?? {}).find(([text]) => first.includes(text))?.[1];
      const hangUp = stops?.answer.hangUp;
      if (!stops || !first.includes(stops.holding)) pass(socket, there);
      else if (hangUp === 'fin') socket.end();
      else if (hangUp === 'rst') reset(socket);
      else serveHttp(socket, socket, { '*': stops.answer });
      socket.resume();
    });
  };
}

function silent(service: SilentService): OnConnection {
  return (socket) => {
    if (service.flood !== true) {
      socket.resume();
      return;
    }
    const more = (): void => {
      while (!socket.destroyed && socket.write('x'.repeat(16 * 1024)));
      if (!socket.destroyed) socket.once('drain', more);
    };
    more();
  };
}

// Debian's OpenSSL refuses TLS 1.0 and 1.1 above security level 0.
const OLD_CIPHERS = 'DEFAULT@SECLEVEL=0';

function https(service: HttpsService, certificate: MadeCertificate): OnConnection {
  const settings = service.tls;
  const old = settings.maxVersion === 'TLSv1' || settings.maxVersion === 'TLSv1.1';
  const ocsp = certificate.ocsp === undefined ? null : readFileSync(certificate.ocsp);
  const server = tls.createServer({
    key: readFileSync(certificate.key),
    cert: readFileSync(certificate.chain),
    ...(settings.minVersion === undefined
      ? old
        ? { minVersion: 'TLSv1' as const }
        : {}
      : { minVersion: settings.minVersion }),
    ...(settings.maxVersion === undefined ? {} : { maxVersion: settings.maxVersion }),
    ...(old ? { ciphers: OLD_CIPHERS } : {}),
    ALPNProtocols: [...(settings.alpn ?? ['http/1.1'])],
    ...(settings.clientCertificate === undefined
      ? {}
      : {
          requestCert: true,
          rejectUnauthorized: settings.clientCertificate === 'demanded',
          ca: readFileSync(certificate.clientAuthority),
        }),
  });
  if (ocsp !== null)
    server.on('OCSPRequest', (_leaf, _issuer, done: (error: Error | null, answer: Buffer) => void) => done(null, ocsp));
  // A TLS stream cannot send RST by itself; the TCP socket beneath it is found by the client's address and port.
  const raws = new Map<string, net.Socket>();
  const source = (socket: net.Socket): string => `${socket.remoteAddress} ${socket.remotePort}`;
  server.on('secureConnection', (stream) => serveHttp(stream, raws.get(source(stream)) ?? stream, service.routes));
  server.on('tlsClientError', () => undefined);
  return (socket) => {
    const key = source(socket);
    raws.set(key, socket);
    socket.once('close', () => raws.delete(key));
    server.emit('connection', socket);
  };
}

/** What the service does with each connection. */
export function handler(
  service: Exclude<Service, { kind: 'dns' | 'quic' | 'igd' }>,
  certificate: MadeCertificate | undefined,
): OnConnection {
  if (service.kind === 'http') return (socket) => serveHttp(socket, socket, service.routes);
  if (service.kind === 'https') {
    if (certificate === undefined) throw new Error('https needs a certificate');
    return https(service, certificate);
  }
  if (service.kind === 'greeting') return greeting(service);
  if (service.kind === 'closes') return closing(service);
  if (service.kind === 'relay') return relay(service);
  if (service.kind === 'proxy') return proxy(service);
  return silent(service);
}
