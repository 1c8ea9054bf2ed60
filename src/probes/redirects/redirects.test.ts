import { createServer } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import type { RedirectHop } from '../../model/facts.js';
import { httpGatherer } from '../http/http.js';
import type { DialResult } from '../../model/system.js';
import { fakeSystem } from '../../../test/fake-system.js';
import { contextOf, facts } from '../names/context.fixture.js';
import { connected, loopbackSystem, observed, Servers } from '../tls/fixtures/loopback.js';
import { mayLead, nextStep } from './next-step.js';
import { redirectsGatherer } from './redirects.js';

const servers = new Servers();
afterAll(() => servers.close());

/** Follows from a server that answers each path with the location given for it, or with 200. */
async function follow(
  locations: (path: string, port: number) => string | undefined,
  names: Readonly<Record<string, string[]>> = {},
): Promise<readonly RedirectHop[]> {
  let port = 0;
  const server = createServer((request, response) => {
    const location = locations(request.url ?? '', port);
    if (location === undefined) response.end('ok');
    else response.writeHead(302, { location, 'set-cookie': 'a=b' }).end();
  });
  port = await servers.listen(server);
  const system = loopbackSystem([], { 'shop.example': ['127.0.0.1'], ...names });
  const { facts, context } = await connected(`http://shop.example:${port}/`, port, system);
  const http = await httpGatherer.gather(facts, context);
  if (http.state !== 'known') throw new Error('no answer');
  const measured = await redirectsGatherer.gather({ ...facts, http: observed(http.value) }, context);
  if (measured.state !== 'known') throw new Error(measured.state);
  return measured.value;
}

describe('following', () => {
  test('to the end, with the query that the server gave and without showing it', async () => {
    const hops = await follow((path) => ({ '/': '/a?x=1', '/a?x=1': 'b' })[path]);
    expect(hops.map((hop) => [new URL(hop.url).pathname, hop.http?.status])).toEqual([
      ['/a', 302],
      ['/b', 200],
    ]);
    expect(JSON.stringify(hops)).not.toContain('x=1');
  });

  test('a loop', async () => {
    const hops = await follow((path) => (path === '/' ? '/a' : '/'));
    expect(hops.at(-1)?.failure).toMatchObject({ code: 'redirect-loop' });
    expect(hops).toHaveLength(2);
  });

  test('without end', async () => {
    const hops = await follow((path) => `/x?n=${Number(/\d+/.exec(path)?.[0] ?? 0) + 1}`);
    expect(hops.at(-1)?.failure).toMatchObject({ code: 'redirect-loop', raw: 'more than 10 redirects' });
    expect(hops).toHaveLength(11);
  });

  test('to a name that does not exist, and to a port that nobody listens on', async () => {
    expect((await follow(() => 'http://gone.example/')).at(-1)?.nameFailure).toMatchObject({ code: 'not-found' });
    const hops = await follow((path) => (path === '/' ? 'http://127.0.0.1:1/' : undefined));
    expect(hops.at(-1)?.connect[0]?.first.failure).toMatchObject({ code: 'refused' });
  });

  test('other schemes and nonsense are not followed', async () => {
    expect((await follow(() => 'file:///etc/passwd'))[0]?.failure).toMatchObject({ code: 'redirect-refused' });
    expect((await follow(() => 'http://[::bad/'))[0]?.failure).toMatchObject({ code: 'redirect-refused' });
  });
});

describe('a router that says that nobody is there', () => {
  const said = (code: number, ms: number): Partial<DialResult> => ({
    ms,
    icmp: [{ origin: 'icmp', type: 3, code, from: '203.0.113.9' }],
    failure: {
      operation: 'connect',
      code: 'host-unreachable',
      raw: `EHOSTUNREACH icmp 3/${code}`,
      from: '203.0.113.9',
    },
  });
  const triesOf = async (...answers: readonly Partial<DialResult>[]): Promise<readonly number[]> => {
    const system = fakeSystem({ dial: (_request, nth) => answers[nth] ?? 'refused' });
    const led = { address: '198.51.100.1', port: 80, ms: 1, status: 302, headers: {}, bodyBytes: 0 };
    const page = { ...led, url: 'http://198.51.100.1/', location: 'http://198.51.100.99/' };
    const measured = await redirectsGatherer.gather(
      { ...facts('shop.example'), http: observed([page]) },
      contextOf(system),
    );
    const [probe] = measured.state === 'known' ? (measured.value[0]?.connect ?? []) : [];
    return probe ? [probe.first.ms, ...probe.repeats.map(({ ms }) => ms)] : [];
  };

  test('in the middle of a search that somebody else began: asked once more', async () => {
    expect(await triesOf(said(1, 700), said(1, 3_100))).toEqual([700, 3_100]);
  });

  test('at the end of one of ours, or of a network: not again', async () => {
    expect(await triesOf(said(1, 3_100))).toEqual([3_100]);
    expect(await triesOf(said(0, 60))).toEqual([60]);
  });
});

test.each([
  ['198.51.100.1', '203.0.113.1', true],
  ['198.51.100.1', '127.0.0.1', false],
  ['198.51.100.1', '::1', false],
  ['198.51.100.1', '10.0.0.1', false],
  ['198.51.100.1', '169.254.169.254', false],
  ['198.51.100.1', '::ffff:10.0.0.1', false],
  ['198.51.100.1', '0.0.0.0', false],
  ['198.51.100.1', 'fe80::1', false],
  ['198.51.100.1', '100.100.100.200', false],
  ['10.0.0.1', '10.0.0.2', true],
  ['10.0.0.1', '127.0.0.1', false],
  ['10.0.0.1', '198.51.100.1', true],
  ['127.0.0.1', '127.0.0.1', true],
  ['169.254.3.4', '169.254.169.254', false],
])('from %s to %s: %s', (from, to, allowed) => expect(mayLead(from, to)).toBe(allowed));

test('a Location’s credentials and fragment are dropped', () => {
  const step = nextStep('https://u:p@[2001:db8::1]:8443/a?b#c', 'http://shop.example/');
  expect(step).toMatchObject({ secure: true, host: '2001:db8::1', port: 8443, path: '/a?b' });
});
