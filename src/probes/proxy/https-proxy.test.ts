import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { afterAll, expect, it } from 'vitest';
import { settingOf } from '../../model/choose-proxy.js';
import { parseTarget } from '../../model/parse-target.js';
import { authorityExtensions, serverExtensions, Workshop } from '../tls/fixtures/authority.js';
import { connected, loopbackSystem, Servers } from '../tls/fixtures/loopback.js';
import { tryThrough } from './try-target.js';

const workshop = new Workshop();
const servers = new Servers();
afterAll(() => {
  servers.close();
  workshop.close();
});

const root = workshop.issue({ subject: '/CN=Root', extensions: authorityExtensions });
const leafFor = (name: string) =>
  workshop.issue({ subject: `/CN=${name}`, extensions: serverExtensions(`DNS:${name}`), issuer: root });
const shop = leafFor('shop.example');
const own = leafFor('proxy.example');
const system = loopbackSystem([root.pem], { 'proxy.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'] });

async function through(name: string) {
  const site = createHttpsServer({ key: shop.key, cert: shop.pem }, (_request, response) => response.end('hello'));
  const goal = await servers.listen(site);
  const proxy = createTlsServer({ key: own.key, cert: own.pem }, (client: TLSSocket) => {
    client.on('error', () => {});
    client.once('data', () => {
      const behind = connect(goal, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        client.pipe(behind).pipe(client);
      });
      behind.on('error', () => client.destroy());
    });
  });
  proxy.on('tlsClientError', () => {});
  const port = await servers.listen(proxy);
  const parsed = parseTarget(`https://shop.example:${goal}/`);
  if (!parsed.ok) throw new Error(parsed.why);
  const { context } = await connected('https://shop.example/', goal, system);
  return tryThrough(settingOf('https_proxy', 'environment', `https://${name}:${port}`), parsed.target, context);
}

it('speaks TLS with the proxy, and through it TLS with the target, each with its own certificate', async () => {
  const { way, tls, http } = await through('proxy.example');
  expect(way.tls).toMatchObject({ serverName: 'proxy.example', faults: [] });
  expect(way.tunnels[0]?.status).toBe(200);
  expect(tls).toMatchObject({ serverName: 'shop.example', address: 'shop.example', faults: [] });
  expect(http).toMatchObject({ status: 200, bodyBytes: 5 });
});

it('goes no further where the proxy’s certificate does not hold', async () => {
  const { way, tls } = await through('other.example');
  expect(way.tls?.failure).toMatchObject({ operation: 'tls', code: 'name-mismatch' });
  expect(way.tunnels).toEqual([]);
  expect(tls).toBeUndefined();
});
