import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { checkOperation } from '../../operations/all.js';
import { remedy } from './allow-in-unit.js';

const deny = {
  unit: 'shop.service',
  name: 'IPAddressDeny',
  value: 'any',
  location: '/etc/systemd/system/shop.service:3',
};

function ailment(at: string, settings: readonly object[] = [deny], owner = 'systemd'): Ailment {
  const known = (value: unknown): object => ({ state: 'known', value });
  const programs = [
    { hook: 'egress', id: 1, name: 'other', uid: 0, at: '/', holder: null },
    { hook: 'egress', id: 2, name: 'sd_fw_egress', uid: 0, at, holder: null },
  ];
  return {
    target: {},
    verdict: { cause: 'app-policy', stage: 'connect', culprit: { kind: 'policy', owner } },
    facts: {
      target: { literal: 4, host: '198.51.100.10', port: 443 },
      'device.policies': known({ group: at, programs, settings, closed: [] }),
    },
  } as unknown as Ailment;
}

describe('a unit that may reach no address', () => {
  it.each([
    ['/system.slice/shop.service', 'shop.service'],
    ['/user.slice/user-1000.slice/user@1000.service', 'user@1000.service'],
    ['/user.slice/user-1000.slice/session-3.scope', 'user-1000.slice'],
  ])('%s gets an exception in %s', (at, unit) => {
    const plan = remedy.plan(ailment(at), null);
    expect(plan).toMatchObject({
      wider: true,
      operations: [{ kind: 'own-file', what: { is: 'unit-allow', unit, addresses: ['198.51.100.10'] } }],
      blockLooksRight: expect.stringContaining(deny.location) as unknown,
    });
  });

  it.each([
    ['a scope of no user', ailment('/system.slice/docker-12.scope')],
    ['no line that forbids it', ailment('/system.slice/shop.service', [{ ...deny, value: '192.0.2.0/24' }])],
    ['no line at all', ailment('/system.slice/shop.service', [])],
    ['somebody else’s program', ailment('/system.slice/shop.service', [deny], 'cilium-agent')],
  ])('is left alone with %s', (_what, given) => expect(remedy.plan(given, null)).toHaveProperty('whyNot'));

  it.each([
    { is: 'unit-allow', unit: 'shop.service', addresses: ['any'] },
    { is: 'unit-allow', unit: 'shop.service', addresses: ['192.0.2.0/24'] },
    { is: 'unit-allow', unit: 'shop.service', addresses: ['192.0.2.1\nExecStart=/x'] },
    { is: 'unit-allow', unit: '../x.service', addresses: ['192.0.2.1'] },
    { is: 'unit-allow', unit: 'session-3.scope', addresses: ['192.0.2.1'] },
    { is: 'unit-allow', unit: '--now.service', addresses: ['192.0.2.1'] },
    { is: 'unit-allow', unit: 'shop.service', addresses: [] },
    { is: 'unit-files', unit: 'shop.service', files: 1 },
    { is: 'unit-files', unit: 'user-1000.slice', files: 1024 },
    { is: 'unit-files', unit: 'shop.service', files: '1024' },
    { is: 'unit-files', unit: 'shop.service', files: 1024, place: '/etc/x' },
  ])('%j is refused', (what) => expect(() => checkOperation({ kind: 'own-file', what })).toThrow(/not valid/));
});
