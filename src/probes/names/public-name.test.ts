import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { Facts } from '../../model/facts.js';
import { facts, known, contextOf } from './context.fixture.js';
import { isPublicName } from '../../model/public-name.js';
import { referenceNames } from './reference-names.js';
import { referenceResolvers } from './reference-resolvers.js';

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
