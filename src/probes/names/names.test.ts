import { describe, expect, it } from 'vitest';
import { fakeSystem, type FakeSystem, type Script, type ScriptedDatagram } from '../../../test/fake-system.js';
import type { FactKey, Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import type { Observed } from '../../model/observed.js';
import { parseTarget } from '../../model/parse-target.js';
import { defaultOptions, type Options } from '../../model/settings.js';
import { dnsReply } from './dns-reply.fixture.js';
import { askedName, directNames } from './direct-names.js';
import { hostsFile, linesFor } from './hosts-file.js';
import { nameConfig } from './name-config.js';
import { hostsOrder } from './name-service-switch.js';
import { isPublicName } from './public-name.js';
import { referenceNames } from './reference-names.js';
import { referenceResolvers } from './reference-resolvers.js';
import { parseResolverFile } from './resolver-file.js';
import { systemNames } from './system-names.js';

function facts(host: string, more: Partial<Facts> = {}): Facts {
  const parsed = parseTarget(`https://${host}/`);
  if (!parsed.ok) throw new Error(parsed.why);
  return { target: parsed.target, ...more };
}

function known<T>(value: T): Observed<T> {
  return { state: 'known', value, at: 0, ms: 0, source: 'test' };
}

function configOf(...resolvers: string[]): Partial<Facts> {
  const file = { path: '/etc/resolv.conf', exists: true, link: null };
  return {
    'name.config': known({
      resolvers: resolvers.map((address, at) => ({ address, port: 53, location: `/etc/resolv.conf:${at + 1}` })),
      search: [],
      file,
      order: ['files', 'dns'],
    }),
  };
}

function contextOf(
  system: FakeSystem,
  options: Partial<Options> = {},
  latest: () => Facts = () => facts('shop.example'),
): Context {
  return {
    system,
    options: { ...defaultOptions, ...options },
    signal: new AbortController().signal,
    streams: new Map(),
    remaining: () => 10_000,
    settled: () => Promise.resolve(),
    latest,
  };
}

async function run<K extends FactKey>(
  gatherer: Gatherer<K>,
  of: Facts,
  script: Script,
  options: Partial<Options> = {},
) {
  return gatherer.gather(of, contextOf(fakeSystem(script), options));
}

describe('name.system', () => {
  it('gives what getaddrinfo gives', async () => {
    expect(
      await run(systemNames, facts('shop.example'), { lookup: { 'shop.example': ['198.51.100.10', '2001:db8::10'] } }),
    ).toMatchObject({
      state: 'known',
      value: { addresses: ['198.51.100.10', '2001:db8::10'] },
    });
  });
  it('calls 0.0.0.0 alone no address, and leaves it alone beside a real one', async () => {
    expect(
      await run(systemNames, facts('shop.example'), { lookup: { 'shop.example': ['0.0.0.0', '::'] } }),
    ).toMatchObject({ state: 'failed', failure: { code: 'useless-address', raw: '0.0.0.0 ::' } });
    expect(
      await run(systemNames, facts('shop.example'), { lookup: { 'shop.example': ['0.0.0.0', '198.51.100.10'] } }),
    ).toMatchObject({ state: 'known' });
  });
  it('ends when every resolver is known to be silent, not ten seconds later', async () => {
    const system = fakeSystem({ lookup: { 'shop.example': 'silent' } });
    const answer = {
      resolver: '192.0.2.53',
      port: 53,
      transport: 'udp',
      ms: 2000,
      tries: 2,
      addresses: [],
      cnames: [],
      errors: [],
      strangers: 0,
      failure: { operation: 'exchange', code: 'timed-out', raw: 'timeout' },
    } as const;
    const direct = facts('shop.example', {
      'name.direct': known({
        name: 'shop.example',
        answers: [
          { ...answer, type: 'A' },
          { ...answer, type: 'AAAA' },
        ],
      }),
    });
    const latest = (): Facts => (system.clock.now() > 2_100 ? direct : facts('shop.example'));
    expect(await systemNames.gather(facts('shop.example'), contextOf(system, {}, latest))).toMatchObject({
      state: 'failed',
      failure: { code: 'timed-out' },
    });
    expect(system.clock.now()).toBeLessThan(2_500);
  });
  it('waits for getaddrinfo when one resolver answers', async () => {
    const system = fakeSystem({ lookup: { 'shop.example': 'silent' } });
    const answer = {
      resolver: '192.0.2.53',
      port: 53,
      type: 'A',
      transport: 'udp',
      ms: 3,
      tries: 1,
      addresses: ['198.51.100.10'],
      cnames: [],
      errors: [],
      strangers: 0,
    } as const;
    const direct = facts('shop.example', { 'name.direct': known({ name: 'shop.example', answers: [answer] }) });
    await systemNames.gather(
      facts('shop.example'),
      contextOf(system, {}, () => direct),
    );
    expect(system.clock.now()).toBeGreaterThan(50_000);
  });
  it('has nothing to ask for an address', () => {
    expect(systemNames.when?.(facts('192.0.2.1'), contextOf(fakeSystem()))).toBe('the target is an address');
  });
});

describe('resolv.conf', () => {
  const parse = (text: string) => parseResolverFile(text, '/etc/resolv.conf');
  it('gives resolvers with their lines, as glibc reads them', () => {
    const text =
      '# nameserver 9.9.9.9\n nameserver 192.0.2.9\nnameserver 192.0.2.53 # home\nnameserver\t2001:DB8::53%eth0\nnameserver nonsense\nnameserver 127.1\nnameserver 192.0.2.54\n';
    expect(parse(text).resolvers).toEqual([
      { address: '192.0.2.53', port: 53, location: '/etc/resolv.conf:3' },
      { address: '2001:db8::53%eth0', port: 53, location: '/etc/resolv.conf:4' },
      { address: '127.0.0.1', port: 53, location: '/etc/resolv.conf:6' },
    ]);
  });
  it('falls back to this device, and shows by the location that no line says so', () => {
    expect(parse('search home.arpa\n').resolvers).toEqual([
      { address: '127.0.0.1', port: 53, location: '/etc/resolv.conf' },
    ]);
  });
  it('takes the last of search and domain', () => {
    expect(parse('search a.example b.example.\ndomain C.example x\n').search).toEqual(['c.example']);
    expect(parse('domain c.example\nsearch a.example b.example. .\n').search).toEqual(['a.example', 'b.example']);
  });
});

describe('name.config', () => {
  it('knows a missing file from an empty one, and a link', async () => {
    expect(
      await run(nameConfig, facts('shop.example'), { files: { '/etc/resolv.conf': { link: '/run/gone' } } }),
    ).toMatchObject({
      value: { file: { exists: false, link: '/run/gone' }, order: [], resolvers: [{ address: '127.0.0.1' }] },
    });
    expect(
      await run(nameConfig, facts('shop.example'), {
        files: { '/etc/resolv.conf': '', '/etc/nsswitch.conf': 'hosts: files dns\n' },
      }),
    ).toMatchObject({
      value: { file: { exists: true, link: null }, order: ['files', 'dns'] },
    });
  });
  it('does not take a file that cannot be read for an empty one', async () => {
    expect(
      await run(nameConfig, facts('shop.example'), { files: { '/etc/resolv.conf': { error: 'EACCES' } } }),
    ).toMatchObject({ state: 'skipped' });
  });
  it('reads nsswitch.conf', () => {
    expect(hostsOrder('# hosts: x\npasswd: files\nhosts:   files mdns4_minimal [NOTFOUND=return] dns # y\n')).toEqual([
      'files',
      'mdns4_minimal',
      'dns',
    ]);
    expect(hostsOrder('')).toEqual([]);
  });
});

describe('the hosts file', () => {
  const text =
    '127.0.0.1 localhost\n# 192.0.2.1 shop.example\n192.0.2.2 Shop.Example # was moved\n192.0.2.3 myshop.example\n192.0.2.4 www.shop.example alias SHOP.example\nnonsense shop.example\nfe80::1%eth0 shop.example\n';
  it('gives the lines of this very name, with their numbers', () => {
    expect(linesFor('shop.example', text, '/etc/hosts')).toEqual([
      { address: '192.0.2.2', location: '/etc/hosts:3', text: '192.0.2.2 Shop.Example # was moved' },
      { address: '192.0.2.4', location: '/etc/hosts:5', text: '192.0.2.4 www.shop.example alias SHOP.example' },
    ]);
  });
  it('counts the lines of a long block list right', () => {
    const long = Array.from({ length: 50_000 }, (_, at) => `0.0.0.0 ads${at}.example`).join('\n');
    expect(linesFor('ads49999.example', long, 'h')[0]?.location).toBe('h:50000');
    expect(linesFor('ads7.example', long, 'h')).toEqual([
      { address: '0.0.0.0', location: 'h:8', text: '0.0.0.0 ads7.example' },
    ]);
  });
  it('is empty when there is none, and skipped when it cannot be read', async () => {
    expect(await run(hostsFile, facts('shop.example'), {})).toMatchObject({ state: 'known', value: [] });
    expect(await run(hostsFile, facts('shop.example'), { files: { '/etc/hosts': { error: 'EACCES' } } })).toMatchObject(
      { state: 'skipped' },
    );
  });
});

describe('name.direct', () => {
  const direct = (datagram: (payload: Uint8Array, address: string) => ScriptedDatagram, ...resolvers: string[]) =>
    run(directNames, facts('shop.example', configOf(...resolvers)), {
      datagram: ({ payload, address }) => datagram(payload, address),
    });

  it('asks every resolver for both types and fills in who said what', async () => {
    const result = await direct(
      (payload, address) =>
        address === '192.0.2.54' ? 'refused' : dnsReply(payload, { A: ['198.51.100.10'], ttl: 77 }),
      '192.0.2.53',
      '192.0.2.54',
    );
    if (result.state !== 'known') throw new Error(JSON.stringify(result));
    expect(
      result.value.answers.map(({ resolver, type, failure, addresses }) => [
        resolver,
        type,
        failure?.code ?? 'ok',
        ...addresses,
      ]),
    ).toEqual([
      ['192.0.2.53', 'A', 'ok', '198.51.100.10'],
      ['192.0.2.53', 'AAAA', 'no-data'],
      ['192.0.2.54', 'A', 'refused'],
      ['192.0.2.54', 'AAAA', 'refused'],
    ]);
    expect(result.value.answers[0]).toMatchObject({ ttl: 77, rcode: 'NOERROR', authoritative: false });
    expect(result.value.controls).toBeUndefined();
  });

  it('keeps the zone and the extended error of a "no"', async () => {
    const result = await direct(
      (payload) => dnsReply(payload, { rcode: 3, zone: 'example', error: [15, 'on a list'] }),
      '192.0.2.53',
    );
    expect(result).toMatchObject({
      value: {
        answers: [
          {
            failure: { code: 'nxdomain', from: '192.0.2.53' },
            zone: 'example',
            errors: [{ code: 15, name: 'Blocked', text: 'on a list' }],
          },
          {},
        ],
      },
    });
  });

  it('asks a resolver that declines for something else too', async () => {
    const declines = await direct((payload) => dnsReply(payload, { rcode: 5 }), '192.0.2.53');
    expect(declines).toMatchObject({
      value: {
        answers: [{ failure: { code: 'declined' } }, {}],
        controls: [{ resolver: '192.0.2.53', ok: false, rcode: 'REFUSED' }],
      },
    });
    const filters = await direct(
      (payload) => dnsReply(payload, dnsReply.asksRoot(payload) ? {} : { rcode: 5 }),
      '192.0.2.53',
    );
    expect(filters).toMatchObject({ value: { controls: [{ ok: true }] } });
  });

  it('calls silence silence, after two tries', async () => {
    const system = fakeSystem({ datagram: () => 'silent' });
    const result = await directNames.gather(
      facts('shop.example', configOf('192.0.2.53')),
      contextOf(system, { family: 4 }),
    );
    expect(result).toMatchObject({ value: { answers: [{ type: 'A', failure: { code: 'timed-out' }, tries: 2 }] } });
  });

  it('keeps who sent an error, and what this device itself refused', async () => {
    const hop = await direct(
      () => ({
        outcome: { operation: 'datagram', code: 'host-unreachable', raw: 'EHOSTUNREACH icmp 3/1', from: '192.0.2.1' },
      }),
      '203.0.113.53',
    );
    expect(hop).toMatchObject({
      value: {
        answers: [
          {
            failure: {
              operation: 'exchange',
              code: 'host-unreachable',
              from: '192.0.2.1',
              raw: 'EHOSTUNREACH icmp 3/1',
            },
          },
          {},
        ],
      },
    });
    expect(await direct(() => 'not-permitted', '203.0.113.53')).toMatchObject({
      value: { answers: [{ failure: { code: 'not-permitted' } }, {}] },
    });
  });

  it('asks for a single label in the first search domain', () => {
    const config = {
      resolvers: [],
      search: ['lan.example', 'b.example'],
      file: { path: '', exists: true, link: null },
      order: [],
    };
    expect(askedName('printer', config)).toBe('printer.lan.example');
    expect(askedName('www.example', config)).toBe('www.example');
  });
});

describe('what may be told to others', () => {
  it.each([
    'printer',
    'nas.local',
    'a.b.internal',
    'router.home.arpa',
    'x.test',
    '4.3.2.10.in-addr.arpa',
    'localhost',
    'db.svc',
    '192.0.2.1',
    'x.LAN.',
  ])('not %s', (name) => expect(isPublicName(name)).toBe(false));
  it.each(['shop.example', 'www.wikipedia.org', 'a.locals.org'])('%s', (name) => expect(isPublicName(name)).toBe(true));

  it('not a name that has private addresses, unless a hosts file gave them', () => {
    const when = (more: Partial<Facts>): string | null =>
      referenceNames.when?.(facts('git.shop.example', more), contextOf(fakeSystem())) ?? null;
    const system = { 'name.system': known({ addresses: ['10.0.0.7'] }) };
    expect(when(system)).toContain('private');
    expect(
      when({ ...system, 'name.hosts': known([{ address: '10.0.0.7', location: '/etc/hosts:3', text: '' }]) }),
    ).toBeNull();
    expect(when({ 'name.system': known({ addresses: ['198.51.100.7'] }) })).toBeNull();
  });

  it('and only to resolvers that the settings name', () => {
    const settings = {
      references: {
        resolvers: ['9.9.9.9', '192.0.2.1:5353', '[2001:db8::1]:53', '2001:db8::2', 'dns.example', '1.2.3.4:99999'],
        portalChecks: [],
        hosts: [],
      },
    };
    expect(referenceResolvers(settings).map(({ address, port }) => `${address} ${port}`)).toEqual([
      '9.9.9.9 53',
      '192.0.2.1 5353',
      '2001:db8::1 53',
      '2001:db8::2 53',
    ]);
  });
});
