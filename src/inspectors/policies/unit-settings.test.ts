import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import { denyingSetting } from '../../model/unit-access.js';
import { addressSettings, unitsOf } from './unit-settings.js';

const settings = (units: readonly string[], files: Readonly<Record<string, string>>) =>
  addressSettings(units, fakeSystem({ files }));

describe('units of a control group', () => {
  it('are told from the innermost up', () =>
    expect(unitsOf('/user.slice/user-1000.slice/session-3.scope')).toEqual([
      'session-3.scope',
      'user-1000.slice',
      'user.slice',
    ]));

  it('are no other folders', () => expect(unitsOf('/docker/4711/../x.service;reboot')).toEqual([]));
});

describe('addresses that a unit may reach', () => {
  it('stand in its file and in what is dropped beside it, in the order of names', async () => {
    const found = await settings(['shop.service'], {
      '/usr/lib/systemd/system/shop.service': '[Service]\nIPAddressDeny=any\n',
      '/etc/systemd/system/shop.service.d/b.conf': '[Service]\n IPAddressDeny = 10.0.0.0/8 \n',
      '/usr/lib/systemd/system/shop.service.d/a.conf': '[Service]\nIPAddressDeny=\nIPAddressAllow=localhost\n',
      '/usr/lib/systemd/system/shop.service.d/b.conf': '[Service]\nIPAddressDeny=192.0.2.1\n',
    });
    expect(found).toEqual([
      { unit: 'shop.service', name: 'IPAddressDeny', value: '10.0.0.0/8', location: '/etc/systemd/system/shop.service.d/b.conf:2' }, // prettier-ignore
      { unit: 'shop.service', name: 'IPAddressAllow', value: 'localhost', location: '/usr/lib/systemd/system/shop.service.d/a.conf:3' }, // prettier-ignore
    ]);
  });

  it('are those of its template, and of all with the same beginning, too', async () => {
    const found = await settings(['user@1000.service', 'user-1000.slice'], {
      '/usr/lib/systemd/system/user@.service': 'IPAddressDeny=192.0.2.1\n',
      '/etc/systemd/system/user-.slice.d/x.conf': 'IPAddressDeny=192.0.2.2\n',
      '/etc/systemd/system/service.d/all.conf': 'IPAddressDeny=192.0.2.3\n',
    });
    expect(found.map(({ unit, value }) => `${unit} ${value}`)).toEqual([
      'user@1000.service 192.0.2.1',
      'user@1000.service 192.0.2.3',
      'user-1000.slice 192.0.2.2',
    ]);
  });
});

describe('the line that keeps an address away', () => {
  const line = (name: 'IPAddressDeny' | 'IPAddressAllow', value: string, unit = 'a.service') => ({
    unit,
    name,
    value,
    location: `/x/${unit}:1`,
  });

  it.each([
    ['any', '2001:db8::1'],
    ['203.0.113.9 198.51.100.0/24', '198.51.100.10'],
    ['2001:db8:0::1', '2001:db8::1'],
    ['link-local', 'fe80::1'],
  ])('%s covers %s', (value, address) =>
    expect(denyingSetting([line('IPAddressDeny', value)], address)).toMatchObject({ value }),
  );

  it.each([
    ['names others', [line('IPAddressDeny', '198.51.100.0/25')]],
    [
      'is outdone by one that allows',
      [line('IPAddressDeny', 'any'), line('IPAddressAllow', '198.51.100.200', 'b.slice')],
    ],
    ['is no address', [line('IPAddressDeny', '::x/0')]],
  ])('is none where it %s', (_why, settings) => expect(denyingSetting(settings, '198.51.100.200')).toBe(null));

  it('is the innermost unit’s', () =>
    expect(denyingSetting([line('IPAddressDeny', 'any'), line('IPAddressDeny', 'any', 'b.slice')], '192.0.2.1')).toMatchObject({ unit: 'a.service' })); // prettier-ignore
});
