import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause } from '../../model/cause.js';
import type { Facts, InterfaceFact, ListenerFact, RouteChoice } from '../../model/facts.js';
import {
  answer,
  configOf,
  connectTry,
  factsOf,
  failedConnect,
  failedName,
  failedResolver,
  failure,
  judge,
  named,
  OWN,
  surerWithLess,
} from '../names/scene.fixture.js';
import { cause as hosts } from './hosts-file-override.js';
import { cause as down } from './network-down.js';
import { cause as unset } from './no-dns-configured.js';
import { cause as noRoute } from './no-route.js';

const URL = 'https://shop.example/';
const DNS = '198.51.100.10';
const LINE = { address: '198.51.100.99', location: '/etc/hosts:5', text: '198.51.100.99 shop.example' };
const direct = (...said: Parameters<typeof answer>[1][]) => ({
  'name.direct': named('shop.example', ...said.map((each) => answer(OWN, each))),
});
const config = { 'name.config': configOf(OWN) };
const elsewhere = (more: Parameters<typeof connectTry>[1] = {}) => ({
  'connect.elsewhere': [{ address: DNS, port: 443, first: connectTry(DNS, more), repeats: [] }],
});
const toLine = failedConnect('connect/timed-out', LINE.address);

const eth: InterfaceFact = {
  name: 'eth0',
  index: 2,
  kind: 'ether',
  up: true,
  carrier: true,
  addresses: [{ address: '192.168.7.20', prefix: 24, scope: 'global' }],
  mtu: 1500,
};
const lo: InterfaceFact = {
  ...eth,
  name: 'lo',
  index: 1,
  kind: 'loopback',
  addresses: [{ address: '127.0.0.1', prefix: 8, scope: 'host' }],
};
const docker: InterfaceFact = {
  ...eth,
  name: 'docker0',
  index: 3,
  kind: 'bridge',
  addresses: [{ address: '172.17.0.1', prefix: 16, scope: 'global' }],
};
const tunnel: InterfaceFact = {
  ...eth,
  name: 'tun0',
  index: 4,
  kind: 'tun',
  addresses: [{ address: '10.8.0.2', prefix: 24, scope: 'global' }],
};
const off: InterfaceFact = { ...eth, up: false, carrier: null };
const unplugged: InterfaceFact = { ...eth, carrier: false };

const choice: RouteChoice = {
  address: DNS,
  type: 'unicast',
  via: '192.168.7.1',
  device: 'eth0',
  source: '192.168.7.20',
  table: null,
  error: null,
  line: 'default via 192.168.7.1 dev eth0',
};
const refused = (type: string, error: string, line: string | null): RouteChoice => ({
  ...choice,
  type,
  error,
  line,
  via: null,
  device: null,
  source: null,
});
const routes = (...choices: RouteChoice[]) => ({ 'device.routes': { choices, defaults: [], rules: [] } });
const tried = (more: Parameters<typeof connectTry>[1]) => ({
  connect: [{ address: DNS, port: 443, first: connectTry(DNS, more), repeats: [] }],
});
const atOnce = (code: string) => tried({ synchronous: true, failure: failure(`connect/${code}`) });
const toServer = (code: string): FailedAttempt => failedConnect(`connect/${code}`, DNS);

const stub: ListenerFact = {
  protocol: 'udp',
  address: '127.0.0.1',
  port: 53,
  v6only: null,
  process: 'dnsmasq',
  pid: 7,
  backlog: null,
};
const fallback = { 'name.config': configOf('127.0.0.1', ['files', 'dns'], '/etc/resolv.conf') };
const byFallback = (said: string | string[]) => ({ 'name.direct': named('shop.example', answer('127.0.0.1', said)) });
const again = failedName('resolve/temporary-failure');

interface Case {
  readonly name: string;
  readonly cause: Cause;
  readonly attempt: FailedAttempt;
  readonly facts: Facts;
  readonly says: string;
}

const cases: Case[] = [
  { name: 'the file was not read', cause: hosts, attempt: toLine, facts: factsOf(URL, {}), says: 'unknown' },
  {
    name: 'no line gives that address',
    cause: hosts,
    attempt: failedConnect('connect/timed-out', DNS),
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct([DNS]), ...config }),
    says: 'ruledOut',
  },
  {
    name: 'the line gives what DNS gives',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct([LINE.address]), ...config }),
    says: 'ruledOut',
  },
  {
    name: 'the line gives another address',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct([DNS]), ...config }),
    says: 'fits',
  },
  {
    name: 'and that of DNS answers',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct([DNS]), ...config, ...elsewhere() }),
    says: 'proven',
  },
  {
    name: 'and that of DNS fails too',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, {
      'name.hosts': [LINE],
      ...direct([DNS]),
      ...config,
      ...elsewhere({ failure: failure('connect/timed-out') }),
    }),
    says: 'unknown',
  },
  {
    name: 'without the line there is no address',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct('nxdomain'), ...config }),
    says: 'ruledOut',
  },
  {
    name: 'the resolver is silent',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct('timed-out'), ...config }),
    says: 'unknown',
  },
  {
    name: 'the file is not in use',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, {
      'name.hosts': [LINE],
      ...direct([DNS]),
      'name.config': configOf(OWN, ['dns']),
      ...elsewhere(),
    }),
    says: 'ruledOut',
  },
  {
    name: 'a wrong certificate comes from there',
    cause: hosts,
    attempt: { ...toLine, stage: 'tls', protocol: 'tls', outcome: failure('tls/name-mismatch') },
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct([DNS]), ...config, ...elsewhere() }),
    says: 'fits',
  },
  {
    name: 'the line gives 0.0.0.0',
    cause: hosts,
    attempt: failedName('resolve/useless-address'),
    facts: factsOf(
      URL,
      { 'name.hosts': [{ ...LINE, address: '0.0.0.0' }], ...direct([DNS]), ...config },
      'useless-address',
    ),
    says: 'proven',
  },
  {
    name: 'so does DNS',
    cause: hosts,
    attempt: failedName('resolve/useless-address'),
    facts: factsOf(
      URL,
      { 'name.hosts': [{ ...LINE, address: '0.0.0.0' }], ...direct(['0.0.0.0']), ...config },
      'useless-address',
    ),
    says: 'ruledOut',
  },
  {
    name: '::1 gives 127.0.0.1 too',
    cause: hosts,
    attempt: failedConnect('connect/refused', '127.0.0.1'),
    facts: factsOf(URL, { 'name.hosts': [{ ...LINE, address: '::1' }], ...direct([DNS]), ...config }),
    says: 'fits',
  },
  {
    name: 'an address was typed',
    cause: hosts,
    attempt: failedConnect('connect/refused', DNS, DNS),
    facts: factsOf(`https://${DNS}/`, {}),
    says: 'ruledOut',
  },

  {
    name: 'a resolver is named',
    cause: unset,
    attempt: again,
    facts: factsOf(URL, { ...config, ...direct('timed-out') }, 'temporary-failure'),
    says: 'ruledOut',
  },
  {
    name: 'none is named, and this device is none',
    cause: unset,
    attempt: again,
    facts: factsOf(
      URL,
      { ...fallback, ...byFallback('refused'), 'device.listeners': { own: [], listeners: [] } },
      'temporary-failure',
    ),
    says: 'proven',
  },
  {
    name: 'none is named',
    cause: unset,
    attempt: again,
    facts: factsOf(URL, fallback, 'temporary-failure'),
    says: 'fits',
  },
  {
    name: 'one runs on this device',
    cause: unset,
    attempt: again,
    facts: factsOf(
      URL,
      { ...fallback, ...byFallback('timed-out'), 'device.listeners': { own: [], listeners: [stub] } },
      'temporary-failure',
    ),
    says: 'ruledOut',
  },
  {
    name: 'it even answers',
    cause: unset,
    attempt: again,
    facts: factsOf(URL, { ...fallback, ...byFallback('server-failure') }, 'temporary-failure'),
    says: 'ruledOut',
  },
  {
    name: 'systemd-resolved is asked instead',
    cause: unset,
    attempt: again,
    facts: factsOf(
      URL,
      { 'name.config': configOf('127.0.0.1', ['files', 'resolve'], '/etc/resolv.conf') },
      'temporary-failure',
    ),
    says: 'unknown',
  },
  {
    name: 'DNS is left out',
    cause: unset,
    attempt: failedName('resolve/not-found'),
    facts: factsOf(URL, { 'name.config': configOf(OWN, ['files', 'myhostname']) }, 'not-found'),
    says: 'fits',
  },
  {
    name: 'DNS is left out and would know',
    cause: unset,
    attempt: failedName('resolve/not-found'),
    facts: factsOf(URL, { 'name.config': configOf(OWN, ['files']), ...direct([DNS]) }, 'not-found'),
    says: 'proven',
  },

  {
    name: 'all is well',
    cause: down,
    attempt: toServer('timed-out'),
    facts: factsOf(URL, { 'device.interfaces': [lo, eth], ...routes(choice) }),
    says: 'ruledOut',
  },
  {
    name: 'interfaces are not known',
    cause: down,
    attempt: toServer('network-unreachable'),
    facts: factsOf(URL, routes(choice)),
    says: 'unknown',
  },
  {
    name: 'switched off',
    cause: down,
    attempt: toServer('network-unreachable'),
    facts: factsOf(URL, { 'device.interfaces': [lo, off], ...routes(refused('none', 'Network is unreachable', null)) }),
    says: 'proven',
  },
  {
    name: 'no link',
    cause: down,
    attempt: failedResolver('exchange/timed-out'),
    facts: factsOf(URL, { 'device.interfaces': [lo, unplugged] }),
    says: 'proven',
  },
  {
    name: 'no interface at all',
    cause: down,
    attempt: again,
    facts: factsOf(URL, { 'device.interfaces': [lo] }),
    says: 'proven',
  },
  {
    name: 'no address',
    cause: down,
    attempt: toServer('network-unreachable'),
    facts: factsOf(URL, {
      'device.interfaces': [lo, { ...eth, addresses: [{ address: 'fe80::1', prefix: 64, scope: 'link' }] }],
    }),
    says: 'proven',
  },
  {
    name: 'only the bridge of containers is up',
    cause: down,
    attempt: toServer('network-unreachable'),
    facts: factsOf(URL, {
      'device.interfaces': [lo, docker, off],
      ...routes(refused('none', 'Network is unreachable', null)),
    }),
    says: 'fits',
  },
  {
    name: 'a tunnel holds the route and nothing carries it',
    cause: down,
    attempt: toServer('timed-out'),
    facts: factsOf(URL, { 'device.interfaces': [lo, tunnel, unplugged], ...routes({ ...choice, device: 'tun0' }) }),
    says: 'fits',
  },
  {
    name: 'another interface is unplugged',
    cause: down,
    attempt: toServer('timed-out'),
    facts: factsOf(URL, { 'device.interfaces': [lo, eth, { ...unplugged, name: 'eth1' }], ...routes(choice) }),
    says: 'ruledOut',
  },
  {
    name: 'the one that leads there is unplugged',
    cause: down,
    attempt: toServer('timed-out'),
    facts: factsOf(URL, { 'device.interfaces': [lo, { ...eth, name: 'wlan0' }, unplugged], ...routes(choice) }),
    says: 'proven',
  },
  {
    name: 'it stays on this device',
    cause: down,
    attempt: failedConnect('connect/timed-out', '127.0.0.1'),
    facts: factsOf(URL, { 'device.interfaces': [lo, off] }),
    says: 'ruledOut',
  },

  {
    name: 'a blackhole',
    cause: noRoute,
    attempt: toServer('invalid-route'),
    facts: factsOf(URL, {
      ...atOnce('invalid-route'),
      ...routes(refused('blackhole', 'Invalid argument', 'blackhole 198.51.100.0/24')),
    }),
    says: 'proven',
  },
  {
    name: 'no default route',
    cause: noRoute,
    attempt: failedResolver('exchange/network-unreachable', DNS),
    facts: factsOf(URL, routes(refused('none', 'Network is unreachable', null))),
    says: 'proven',
  },
  {
    name: 'the kernel has a route',
    cause: noRoute,
    attempt: toServer('host-unreachable'),
    facts: factsOf(URL, { ...atOnce('host-unreachable'), ...routes(choice) }),
    says: 'ruledOut',
  },
  {
    name: 'it failed after a while',
    cause: noRoute,
    attempt: toServer('host-unreachable'),
    facts: factsOf(URL, {
      ...tried({ failure: failure('connect/host-unreachable'), ms: 3060 }),
      ...routes(refused('unreachable', 'No route to host', 'unreachable default')),
    }),
    says: 'ruledOut',
  },
  {
    name: 'a hop reports it',
    cause: noRoute,
    attempt: failedResolver('exchange/host-unreachable', DNS, { from: '203.0.113.1' }),
    facts: factsOf(URL, routes(choice)),
    says: 'ruledOut',
  },
  {
    name: 'another kind of route would fail otherwise',
    cause: noRoute,
    attempt: toServer('prohibited'),
    facts: factsOf(URL, {
      ...atOnce('prohibited'),
      ...routes(refused('blackhole', 'Invalid argument', 'blackhole default')),
    }),
    says: 'unknown',
  },
  {
    name: 'routes are not known',
    cause: noRoute,
    attempt: toServer('network-unreachable'),
    facts: factsOf(URL, atOnce('network-unreachable')),
    says: 'unknown',
  },
];

describe("causes about this device's network and names", () => {
  it.each(cases)('$cause.id when $name: $says', ({ cause, attempt, facts, says }) => {
    expect(judge(cause, attempt, facts)).toMatchObject({ says });
  });

  it('are never surer with less', () => {
    const wild = {
      'name.hosts': [LINE],
      ...elsewhere(),
      'device.listeners': { own: [], listeners: [] },
      'device.interfaces': [lo, eth],
    };
    const more = cases.map(({ cause, attempt, facts }) => ({
      cause,
      attempt,
      facts: { ...factsOf(URL, wild), ...facts },
    }));
    expect(more.flatMap(({ cause, attempt, facts }) => surerWithLess(cause, attempt, facts))).toEqual([]);
  });

  it('name the file and line, the interface, the route', () => {
    const find = (name: string, cause: Cause) => {
      const one = cases.find((each) => each.name === name && each.cause === cause);
      return one && judge(one.cause, one.attempt, one.facts);
    };
    expect(find('and that of DNS answers', hosts)).toMatchObject({
      culprit: { kind: 'file', location: '/etc/hosts:5' },
    });
    expect(find('switched off', down)).toMatchObject({ culprit: { kind: 'interface', name: 'eth0' } });
    expect(find('a blackhole', noRoute)).toMatchObject({
      culprit: { kind: 'route', name: 'blackhole 198.51.100.0/24' },
    });
    expect(find('no default route', noRoute)).toMatchObject({
      culprit: { kind: 'route', name: 'no IPv4 default route' },
    });
  });
});
