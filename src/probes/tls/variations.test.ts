import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Facts, TlsVariations } from '../../model/facts.js';
import { httpGatherer } from '../http/http.js';
import { OverBudget } from '../../model/over-budget.js';
import type { DialResult } from '../../model/system.js';
import { type Issued, Workshop } from './fixtures/authority.js';
import { connected, loopbackSystem, observed, Servers } from './fixtures/loopback.js';
import { tlsGatherer } from './tls.js';
import { tlsVariationsGatherer } from './variations.js';

const workshop = new Workshop();
const servers = new Servers();
afterAll(() => {
  servers.close();
  workshop.close();
});
let root: Issued;
beforeAll(() => {
  root = workshop.issue({ subject: '/CN=shop.example', extensions: ['subjectAltName=DNS:shop.example'] });
});

async function vary(
  input: string,
  port: number,
  system = loopbackSystem([root.pem]),
  beforeVarying = (): unknown => null,
): Promise<Partial<Record<string, TlsVariations['tries'][number]>>> {
  const { facts, context } = await connected(input, port, system);
  const secure = facts.target.transport === 'tls';
  const first = await (secure ? tlsGatherer : httpGatherer).gather(facts, context);
  if (first.state !== 'known') throw new Error(first.state);
  beforeVarying();
  const all: Facts = {
    ...facts,
    ...(secure ? { tls: observed(first.value) } : { http: observed(first.value) }),
  } as Facts;
  expect(tlsVariationsGatherer.when?.(all, context)).toBeNull();
  const measured = await tlsVariationsGatherer.gather(all, context);
  if (measured.state !== 'known') throw new Error(measured.state);
  return Object.fromEntries(measured.value.tries.map((one) => [one.variation, one]));
}

test('a server that is too old: the old handshake works, the usual one fails again', async () => {
  const server = createTlsServer({
    key: root.key,
    cert: root.pem,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'ALL:@SECLEVEL=0',
  });
  server.on('tlsClientError', () => {});
  const port = await servers.listen(server);
  const tries = await vary(`https://shop.example:${port}`, port);
  expect(tries['old-versions']).toMatchObject({ version: 'TLSv1.1' });
  expect(tries['old-versions']?.failure).toBeUndefined();
  expect(tries['same']?.failure).toMatchObject({ code: 'protocol-version' });
});

test('plain HTTP on a port that was asked for TLS', async () => {
  const port = await servers.listen(createHttpServer((_, response) => response.end('hi')));
  const tries = await vary(`https://shop.example:${port}`, port);
  expect(tries['plain-http']).toMatchObject({ status: 200 });
  expect(tries['plain-http']?.failure).toBeUndefined();
});

test('TLS on a port that was asked for plain HTTP', async () => {
  const server = createTlsServer({ key: root.key, cert: root.pem }, (socket) => socket.on('error', () => {}));
  server.on('tlsClientError', () => {});
  const port = await servers.listen(server);
  const tries = await vary(`http://shop.example:${port}`, port);
  expect(tries['tls']?.failure).toBeUndefined();
  expect(tries['tls']?.version).toBe('TLSv1.3');
});

test('closed whatever is said', async () => {
  const port = await servers.plain((socket) => socket.end());
  const tries = await vary(`https://shop.example:${port}`, port);
  expect(Object.keys(tries).toSorted()).toEqual([
    'no-name',
    'old-versions',
    'other-name',
    'plain-http',
    'same',
    'tls12',
  ]);
  for (const one of Object.values(tries)) expect(one?.failure?.code).toMatch(/closed|reset/);
});

test('a server that hangs up on one name only', async () => {
  const server = createTlsServer({
    key: root.key,
    cert: root.pem,
    SNICallback: (name, done) => (name === 'shop.example' ? done(new Error('no')) : done(null)),
  });
  server.on('tlsClientError', () => {});
  const port = await servers.listen(server);
  const tries = await vary(`https://shop.example:${port}`, port);
  expect(tries['same']?.failure).toBeDefined();
  expect(tries['other-name']?.version).toBe('TLSv1.3');
});

test('what the own bound of packets ends is left out: nobody has closed it', async () => {
  let closes = true;
  const port = await servers.plain((socket) => (closes ? socket.end() : socket.on('error', () => {})));
  const system = loopbackSystem([root.pem]);
  const dial: typeof system.sockets.dial = (request, signal) => {
    const dialling = system.sockets.dial(request, signal);
    const ended = async (): Promise<DialResult> => {
      const result = await dialling.done;
      if (!closes) setTimeout(() => result.stream?.destroy(new OverBudget()), 20);
      return result;
    };
    return { ...dialling, done: ended() };
  };
  const tries = await vary(
    `https://shop.example:${port}`,
    port,
    { ...system, sockets: { ...system.sockets, dial } },
    () => (closes = false),
  );
  // Of plain HTTP it is silence that was met until then.
  expect(Object.keys(tries)).toEqual(['plain-http']);
});
