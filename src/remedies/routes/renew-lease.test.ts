import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { remedy as renew } from './renew-lease.js';

const eth0 = {
  name: 'eth0',
  index: 2,
  kind: 'ether',
  up: true,
  carrier: true,
  addresses: [{ address: '192.168.7.20', prefix: 24, scope: 'global' }],
};

function ailment(culprit: object, interfaces: readonly object[] = [eth0], defaults: readonly object[] = []): Ailment {
  const facts = {
    'device.interfaces': { state: 'known', value: interfaces },
    'device.routes': { state: 'known', value: { defaults, choices: [] } },
  };
  return { target: {}, verdict: { cause: 'no-route', culprit }, facts } as unknown as Ailment;
}

const clients = [{ device: 'eth0', by: 'dhclient', because: 'dhclient runs for it' }] as const;
const route = { kind: 'route', name: 'no IPv4 default route', address: '198.51.100.10' };

describe('a lease', () => {
  it('is asked for anew by whoever looks after the interface, and may end a session by its address', () =>
    expect(renew.plan(ailment(route), { clients })).toMatchObject({
      mayCutOff: true,
      operations: [{ kind: 'link-connect', device: 'eth0', by: 'dhclient' }],
    }));

  it('is asked for on an interface without an address, where nothing can be cut off', () =>
    expect(
      renew.plan(ailment({ kind: 'interface', name: 'eth0' }, [{ ...eth0, addresses: [] }]), { clients }),
    ).toMatchObject({
      mayCutOff: false,
    }));

  it.each<[string, Ailment, typeof clients | readonly []]>([
    ['nobody asks for it', ailment(route), []],
    ['the interface has no link', ailment({ kind: 'interface', name: 'eth0' }, [{ ...eth0, carrier: false }]), clients],
    ['the interface is off', ailment({ kind: 'interface', name: 'eth0' }, [{ ...eth0, up: false }]), clients],
    ['there are bridges of containers only', ailment(route, [{ ...eth0, kind: 'bridge' }]), clients],
    ['it is IPv6', ailment({ ...route, address: '2001:db8::1' }), clients],
  ])('is left alone where %s', (_why, one, known) =>
    expect(renew.plan(one, { clients: known })).toHaveProperty('whyNot'),
  );
});
