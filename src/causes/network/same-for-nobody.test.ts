import { describe, expect, it } from 'vitest';
import { factsOf } from '../names/scene.fixture.js';
import type { HttpTry } from '../../model/facts.js';
import { sameForNobody } from '../../model/proxied.js';

const server = { scheme: 'http', host: '203.0.113.53', port: 3128, portGiven: true, authentication: false } as const;
const setting = { name: 'http_proxy', location: 'environment', server } as const;
const way = { setting, addresses: [server.host], connect: [], tunnels: [], forwards: true } as const;
const page: HttpTry = {
  address: 'shop.example',
  port: 80,
  url: 'http://shop.example/',
  ms: 1,
  status: 404,
  headers: {},
  bodyBytes: 13,
  bodyHead: 'no such page\n',
};
const said = (own: Partial<HttpTry>, other: Partial<HttpTry>, more: object = {}) =>
  sameForNobody(
    factsOf('http://shop.example/', {
      'proxy.way': { ...way, ...more },
      'proxy.nobody': { way, http: { ...page, ...other } },
      http: [{ ...page, ...own }],
    }),
  );

describe('an answer by way of a proxy', () => {
  it('is the own one of what answers there, where a host that cannot exist gets the same', () => {
    expect(said({}, {})).toMatchObject({ status: 404 });
  });
  it.each([
    ['another status for nobody', {}, { status: 503 }],
    ['another page for nobody', {}, { bodyHead: 'no such host\n' }],
    ['a page of another length', {}, { bodyBytes: 4_000 }],
    // So a proxy speaks of a host that is down, and of one that does not exist.
    ['what proxies say themselves', { status: 503 }, { status: 503 }],
    ['what a policy says', { status: 403 }, { status: 403 }],
    ['a proxy that names itself', { headers: { via: '1.1 proxy' } }, {}],
    ['a proxy that names itself for nobody', {}, { headers: { via: '1.1 proxy' } }],
  ] as const)('is not, with %s', (_, own, other) => {
    expect(said(own, other)).toBeNull();
  });
  it('is not looked at where the proxy made a tunnel', () => {
    expect(said({}, {}, { forwards: false })).toBeNull();
  });
});
