import { describe, expect, it } from 'vitest';
import type { ConfiguredGateway } from '../../inspectors/routes/configured-gateways.js';
import type { Ailment } from '../../model/remedy.js';
import { remedy as leftovers } from './remove-vpn-leftovers.js';
import { remedy as gateway } from './set-gateway.js';
import { remedy as interfaceOn } from './switch-interface-on.js';

const eth0 = { name: 'eth0', up: true, addresses: [{ address: '192.168.7.20', prefix: 24, scope: 'global' }] };

function ailment(cause: string, culprit: object, more: { defaults?: object[]; interfaces?: object[] } = {}): Ailment {
  return {
    target: { host: '198.51.100.10' },
    verdict: { cause, culprit },
    facts: {
      'device.routes': { state: 'known', value: { choices: [], defaults: more.defaults ?? [], rules: [] } },
      'device.interfaces': { state: 'known', value: more.interfaces ?? [eth0] },
    },
  } as unknown as Ailment;
}

const wrong = ailment(
  'gateway-unreachable',
  { kind: 'route', address: '192.168.7.99' },
  { defaults: [{ family: 4, via: '192.168.7.99' }] },
);
const line = 'default via 192.168.7.99 dev eth0 proto dhcp metric 100';
const named: ConfiguredGateway = { address: '192.168.7.1', device: 'eth0', location: '/etc/network/interfaces' };
const defaults = { 4: [line], 6: [] };

describe('the router of the settings', () => {
  it('takes the place of the one that does not answer, with its metric', () => {
    expect(gateway.plan(wrong, { gateways: [named], defaults })).toMatchObject({
      mayCutOff: true,
      operations: [{ remove: { via: '192.168.7.99' }, add: { prefix: 'default', via: '192.168.7.1', metric: 100 } }],
    });
  });

  it.each([
    ['none is named', []],
    ['it is the same', [{ ...named, address: '192.168.7.99' }]],
    ['it is of another network', [{ ...named, address: '10.0.0.1' }]],
    ['it is of another interface', [{ ...named, device: 'wlan0' }]],
  ])('is not taken where %s', (_why, gateways) =>
    expect(gateway.plan(wrong, { gateways, defaults })).toHaveProperty('whyNot'),
  );

  it('is added only where the default route is missing', () => {
    const missing = ailment('no-route', { kind: 'route', address: '198.51.100.10', name: 'no IPv4 default route' });
    const looks = { gateways: [named], defaults: { 4: [], 6: [] } };
    expect(gateway.plan(missing, looks)).toMatchObject({ operations: [{ remove: null }] });
    expect(gateway.plan(missing, { ...looks, defaults })).toHaveProperty('whyNot');
    const other = ailment('no-route', { kind: 'route', address: '198.51.100.10', name: 'no route to 198.51.100.10' });
    expect(gateway.plan(other, looks)).toHaveProperty('whyNot');
  });

  it('is, where a VPN took the default route with it, the one by which its server is still reached', () => {
    const gone = ailment('vpn-blocks', { kind: 'route', name: 'no IPv4 default route', address: '198.51.100.10' });
    const routes = gone.facts['device.routes'] as unknown as { value: { single: object[] } };
    const looks = { gateways: [], defaults: { 4: [], 6: [] } };
    expect(gateway.plan(gone, looks)).toHaveProperty('whyNot');
    routes.value.single = [{ address: '203.0.113.9', via: '192.168.7.1', device: 'eth0' }];
    expect(gateway.plan(gone, looks)).toMatchObject({
      wider: true,
      operations: [{ kind: 'route-set', family: 4, remove: null, add: { via: '192.168.7.1', dev: 'eth0' } }],
    });
    routes.value.single = [{ address: '203.0.113.9', via: '10.99.0.1', device: 'eth0' }];
    expect(gateway.plan(gone, looks)).toHaveProperty('whyNot');
  });
});

describe('an interface that is switched off', () => {
  const off = ailment('network-down', { kind: 'interface', name: 'eth0' }, { interfaces: [{ ...eth0, up: false }] });
  it('is switched on, with its way out', () => {
    expect(interfaceOn.plan(off, { gateways: [named], manager: { is: 'nobody' } })).toMatchObject({
      operations: [
        { kind: 'link-set', name: 'eth0', up: true },
        { kind: 'route-set', add: { via: '192.168.7.1' } },
      ],
    });
  });
  it('is left to whoever looks after it', () => {
    const manager = { is: 'NetworkManager', state: 'unavailable', method: null } as const;
    expect(interfaceOn.plan(off, { gateways: [named], manager })).toMatchObject({
      operations: [{ kind: 'link-connect', device: 'eth0', by: 'NetworkManager' }],
    });
    expect(interfaceOn.plan(off, { gateways: [named], manager: { is: 'networkd', dhcp: false } })).toMatchObject({
      operations: [{ kind: 'link-connect', device: 'eth0', by: 'networkd-up' }],
    });
  });
  it('without a cable is not switched on', () => {
    expect(interfaceOn.offers(ailment('network-down', { kind: 'interface', name: 'eth0' }))).toBe(false);
  });
});

describe('what a VPN left', () => {
  const dead = ailment('vpn-blocks', { kind: 'interface', name: 'tun0' });
  const route = (text: string, table = 'main') => ({ family: 4, table, line: text }) as const;

  it('are the routes that lead everything away, and not those of its own network', () => {
    const routes = [route('0.0.0.0/1 dev tun0 scope link'), route('10.8.0.0/24 dev tun0 proto kernel scope link')];
    expect(leftovers.plan(dead, { routes, rules: [] })).toMatchObject({
      wider: true,
      blockLooksRight: expect.any(String) as unknown,
      operations: [{ kind: 'route-set', remove: { prefix: '0.0.0.0/1' }, add: null }],
    });
  });

  it('is left alone where it could not be put back, or nothing leads far', () => {
    const odd = [route('default dev tun0 encap mpls 100')];
    expect(leftovers.plan(dead, { routes: odd, rules: [] })).toHaveProperty('whyNot');
    expect(leftovers.plan(dead, { routes: [route('10.8.0.0/24 dev tun0')], rules: [] })).toHaveProperty('whyNot');
    const rules = [{ family: 4, line: '5: from all tos 0x10 lookup 77' }] as const;
    expect(leftovers.plan(dead, { routes: [route('default dev tun0', '77')], rules })).toHaveProperty('whyNot');
  });
});
