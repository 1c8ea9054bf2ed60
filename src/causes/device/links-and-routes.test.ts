import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { InterfaceFact, RouteChoice } from '../../model/facts.js';
import { type Case, findingOf, holdCases } from '../names/cases.fixture.js';
import {
  answer,
  connectTry,
  factsOf,
  failedConnect,
  failedName,
  failedResolver,
  failure,
  named,
  OWN,
} from '../names/scene.fixture.js';
import { cause as down } from './network-down.js';
import { cause as noRoute } from './no-route.js';

const URL = 'https://shop.example/';
const DNS = '198.51.100.10';
const direct = named('shop.example', answer(OWN, 'timed-out'));
const again = failedName('resolve/temporary-failure');
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

const cases: Case[] = [
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
    facts: factsOf(URL, {
      'device.interfaces': [lo],
      'device.namespaces': { inside: null, listeners: [], complete: true, initial: true },
    }),
    says: 'proven',
  },
  {
    name: 'no interface, and whose network that is was not looked at',
    cause: down,
    attempt: again,
    facts: factsOf(URL, { 'device.interfaces': [lo] }),
    says: 'unknown',
  },
  {
    name: 'no interface in a network that was made for some programs',
    cause: down,
    attempt: again,
    facts: factsOf(URL, {
      'device.interfaces': [lo],
      'device.namespaces': { inside: null, listeners: [], complete: true, initial: false },
    }),
    says: 'ruledOut',
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
    name: 'what a VPN made to swallow everything has no link, and the network itself is there',
    cause: down,
    attempt: toServer('timed-out'),
    facts: factsOf(URL, {
      'device.interfaces': [lo, eth, { ...docker, name: 'pvpnksintrf0', carrier: false }],
      ...routes({ ...choice, device: 'pvpnksintrf0' }),
    }),
    says: 'ruledOut',
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
    facts: factsOf(URL, {
      'device.interfaces': [lo, eth],
      ...routes(refused('none', 'Network is unreachable', null)),
    }),
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

holdCases(
  'links and routes of this device',
  cases,
  factsOf(URL, {
    'name.direct': direct,
    'device.listeners': { own: [], listeners: [] },
    'device.interfaces': [lo, eth],
  }),
);

describe('the culprit', () => {
  it('is the interface, or the line of the routing table', () => {
    expect(findingOf(cases, 'switched off', down)).toMatchObject({ culprit: { kind: 'interface', name: 'eth0' } });
    expect(findingOf(cases, 'a blackhole', noRoute)).toMatchObject({
      culprit: { kind: 'route', name: 'blackhole 198.51.100.0/24' },
    });
    expect(findingOf(cases, 'no default route', noRoute)).toMatchObject({
      culprit: { kind: 'route', name: 'no IPv4 default route' },
    });
  });
});
