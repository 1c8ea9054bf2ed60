import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { createServer as createHttpsServer } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TlsTry } from '../../model/facts.js';
import { authorityExtensions, type Issued, serverExtensions, Workshop } from './fixtures/authority.js';
import { connected, loopbackSystem, Servers } from './fixtures/loopback.js';
import { tlsGatherer } from './tls.js';

const workshop = new Workshop();
const servers = new Servers();
afterAll(() => {
  servers.close();
  workshop.close();
});

let root: Issued;
let middle: Issued;
let leaf: Issued;
let system: ReturnType<typeof loopbackSystem>;

beforeAll(() => {
  root = workshop.issue({ subject: '/O=Acme/CN=Acme Root', extensions: authorityExtensions });
  middle = workshop.issue({ subject: '/O=Acme/CN=Acme Issuing CA', extensions: authorityExtensions, issuer: root });
  leaf = workshop.issue({
    subject: '/CN=shop.example',
    extensions: serverExtensions('DNS:shop.example'),
    issuer: middle,
  });
  system = loopbackSystem([root.pem]);
});

async function probe(port: number, input = 'https://shop.example'): Promise<{ one: TlsTry; open: boolean }> {
  const { facts, context, streams } = await connected(
    input.replace('shop.example', `shop.example:${port}`),
    port,
    system,
  );
  const measured = await tlsGatherer.gather(facts, context);
  if (measured.state !== 'known') throw new Error(measured.state);
  const [one] = measured.value;
  if (!one) throw new Error('nothing was tried');
  const open = streams.has(`tls:127.0.0.1:${port}`);
  streams.forEach((stream) => stream.destroy());
  return { one, open };
}

function tlsServer(options: TlsOptions = {}): Promise<number> {
  const server = createTlsServer({ key: leaf.key, cert: leaf.pem + middle.pem, ...options }, (socket) =>
    socket.on('error', () => {}),
  );
  server.on('tlsClientError', () => {});
  return servers.listen(server);
}

describe('handshakes that hold', () => {
  test('version, cipher, protocol, the chain as sent, the anchor', async () => {
    const { one, open } = await probe(await tlsServer({ ALPNProtocols: ['http/1.1'] }));
    expect(one.failure).toBeUndefined();
    expect(open).toBe(true);
    expect(one).toMatchObject({
      version: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      alpn: 'http/1.1',
      serverName: 'shop.example',
      ocsp: 'absent',
    });
    expect(one.chain.map((certificate) => certificate.subject)).toEqual([
      'CN=shop.example',
      'O=Acme, CN=Acme Issuing CA',
    ]);
    expect(one.chain[0]?.names).toEqual(['shop.example']);
    expect(one.anchor).toMatchObject({ subject: 'O=Acme, CN=Acme Root', public: false });
    expect(one.clientCertificateAsked).toBe(false);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('a client certificate that is only asked for, %s', async (maxVersion) => {
    const { one, open } = await probe(await tlsServer({ requestCert: true, rejectUnauthorized: false, maxVersion }));
    expect(one.failure).toBeUndefined();
    expect(one.clientCertificateAsked).toBe(true);
    expect(open).toBe(true);
  });
});

describe('faults of the certificate', () => {
  test('all at once', async () => {
    const bad = workshop.issue({
      subject: '/CN=else.example',
      extensions: ['subjectAltName=DNS:else.example'],
      from: '20200101000000Z',
      until: '20210101000000Z',
    });
    const { one, open } = await probe(await tlsServer({ key: bad.key, cert: bad.pem }));
    expect(one.faults.map((fault) => fault.code)).toEqual(['self-signed', 'name-mismatch', 'expired']);
    expect(one.failure?.code).toBe('self-signed');
    expect(open).toBe(false);
  });

  test('expired: the server’s own clock is asked for', async () => {
    const late = workshop.issue({
      subject: '/CN=shop.example',
      extensions: serverExtensions('DNS:shop.example'),
      issuer: middle,
      from: '20200101000000Z',
      until: '20210101000000Z',
    });
    const server = createHttpsServer({ key: late.key, cert: late.pem + middle.pem }, (_, response) => response.end());
    const { one } = await probe(await servers.listen(server));
    expect(one.failure?.code).toBe('expired');
    expect(Math.abs(Date.parse(one.serverDate ?? '') - Date.now())).toBeLessThan(5000);
  });

  test('escape sequences in a subject stay data', async () => {
    const nasty = workshop.issue({
      subject: '/CN=\u001b[31mred\u0007',
      extensions: ['subjectAltName=DNS:shop.example'],
    });
    const { one } = await probe(await tlsServer({ key: nasty.key, cert: nasty.pem }));
    expect(one.failure?.code).toBe('self-signed');
    expect(JSON.stringify(one.chain)).not.toContain('\u001b');
  });
});

describe('handshakes that fail', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('a client certificate is required, %s', async (maxVersion) => {
    const { one } = await probe(await tlsServer({ requestCert: true, rejectUnauthorized: true, maxVersion }));
    expect(one.failure).toMatchObject({ operation: 'tls', code: 'client-certificate-required' });
    expect(one.clientCertificateAsked).toBe(true);
    expect(one.chain).toHaveLength(2);
    expect(one.alert).toBe(maxVersion === 'TLSv1.3' ? 116 : 40);
  });

  test('only old versions', async () => {
    const { one } = await probe(
      await tlsServer({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }),
    );
    expect(one.failure).toMatchObject({ code: 'protocol-version', raw: 'alert 70 protocol_version' });
    expect(one.alert).toBe(70);
  });

  test('no cipher in common', async () => {
    const { one } = await probe(await tlsServer({ maxVersion: 'TLSv1.2', ciphers: 'NULL:@SECLEVEL=0' }));
    expect(one.failure).toMatchObject({ code: 'handshake-failure' });
    expect(one.alert).toBe(40);
  });

  test('an alert of another kind', async () => {
    const port = await servers.plain((socket) =>
      socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 112]))),
    );
    const { one } = await probe(port);
    expect(one.failure).toMatchObject({ code: 'unrecognized-name' });
    expect(one.alert).toBe(112);
  });

  test('a mail server’s greeting', async () => {
    const { one } = await probe(await servers.plain((socket) => socket.write('220 mail.example ESMTP\r\n')));
    expect(one.failure).toMatchObject({ code: 'not-tls' });
    expect(one.plainGreeting).toBe('220 mail.example ESMTP\r\n');
  });

  test('plain HTTP', async () => {
    const answer = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';
    const { one } = await probe(await servers.plain((socket) => socket.once('data', () => socket.end(answer))));
    expect(one.failure).toMatchObject({ code: 'not-tls' });
    expect(one.plainGreeting).toBe(answer);
  });

  test('closed and reset, at once and after the greeting', async () => {
    const closed = await probe(await servers.plain((socket) => socket.end()));
    expect(closed.one.failure).toMatchObject({ code: 'closed' });
    const later = await probe(await servers.plain((socket) => socket.once('data', () => socket.end())));
    expect(later.one.failure).toMatchObject({ code: 'closed' });
    const reset = await probe(await servers.plain((socket) => socket.once('data', () => socket.resetAndDestroy())));
    expect(reset.one.failure).toMatchObject({ code: 'reset', raw: 'ECONNRESET' });
  });

  test('silence, and a byte now and then', async () => {
    const silent = await servers.plain(() => {});
    const { facts, context } = await connected(`https://shop.example:${silent}`, silent, system);
    const measured = await tlsGatherer.gather(facts, { ...context, remaining: () => 400 });
    expect(measured).toMatchObject({ value: [{ failure: { code: 'timed-out' } }] });
    const drops = await servers.plain((socket) => {
      const timer = setInterval(() => socket.write(Buffer.from([22])), 30);
      socket.on('close', () => clearInterval(timer));
    });
    const slow = await connected(`https://shop.example:${drops}`, drops, system);
    const second = await tlsGatherer.gather(slow.facts, { ...slow.context, remaining: () => 400 });
    expect(second.state).toBe('known');
  });

  test('garbage that looks like TLS', async () => {
    const record = Buffer.concat([Buffer.from([22, 3, 3, 1, 0]), Buffer.alloc(256, 0xff)]);
    const { one } = await probe(await servers.plain((socket) => socket.end(record)));
    expect(one.failure?.operation).toBe('tls');
  });

  test('ended from outside is no failure of the server', async () => {
    const silent = await servers.plain(() => {});
    const { facts, context } = await connected(`https://shop.example:${silent}`, silent, system);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    expect(await tlsGatherer.gather(facts, { ...context, signal: stop.signal })).toMatchObject({ state: 'skipped' });
  });
});

test('what is dear to read of the store is read when the chain does not hold without it', async () => {
  let asked = 0;
  const more = (): Promise<{ pem: string[]; sources: string[] }> => {
    asked++;
    return Promise.resolve({ pem: [root.pem], sources: [] });
  };
  const own = { ...loopbackSystem(), trustedCertificates: () => Promise.resolve({ pem: [], sources: [], more }) };
  const port = await tlsServer();
  for (let i = 0; i < 2; i++) {
    const { facts, context, streams } = await connected(`https://shop.example:${port}`, port, own);
    expect(await tlsGatherer.gather(facts, context)).toMatchObject({
      value: [{ anchor: { public: false }, faults: [] }],
    });
    streams.forEach((stream) => stream.destroy());
  }
  expect(asked).toBe(1);
});
