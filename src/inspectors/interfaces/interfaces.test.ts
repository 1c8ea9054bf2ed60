import { describe, expect, it } from 'vitest';
import { contextOf, facts, measured, addr } from '../context.fixture.js';
import { deviceInterfaces } from './interfaces.js';

describe('device.interfaces', () => {
  it('tells switched off from no carrier, and does not guess the carrier of one that is off', async () => {
    const found = await measured(deviceInterfaces, facts('192.0.2.9'), { run: { 'ip -j -d addr show': addr } });
    expect(found.map(({ name, up, carrier, kind }) => [name, up, carrier, kind])).toEqual([
      ['lo', true, true, 'loopback'],
      ['eth0', true, false, 'veth'],
      ['eth1', false, null, 'ether'],
    ]);
    expect(found[1]?.addresses).toEqual([{ address: '192.0.2.2', prefix: 24, scope: 'global' }]);
  });

  it('reads /sys where there is no ip', async () => {
    const files = {
      '/sys/class/net/lo/flags': '0x9',
      '/sys/class/net/lo/ifindex': '1',
      '/sys/class/net/lo/carrier': '1',
      '/sys/class/net/lo/mtu': '65536',
      '/sys/class/net/eth0/flags': '0x1003',
      '/sys/class/net/eth0/ifindex': '2',
      '/sys/class/net/eth0/carrier': '0',
      '/sys/class/net/eth0/mtu': '1500',
      '/proc/net/if_inet6':
        '20010db8000000000000000000000002 02 40 00 80     eth0\nfe80000000000000000000000000abcd 02 40 20 80     eth0\n',
      '/proc/net/fib_trie':
        'Local:\n        |-- 127.0.0.1\n           /32 host LOCAL\n        |-- 192.0.2.2\n           /32 host LOCAL\n',
    };
    const found = await measured(deviceInterfaces, facts('192.0.2.9'), { files });
    expect(found.find(({ name }) => name === 'eth0')).toMatchObject({ up: true, carrier: false });
    expect(
      found.find(({ name }) => name === 'eth0')?.addresses.map(({ address, scope }) => `${address} ${scope}`),
    ).toEqual(['192.0.2.2 global', '2001:db8::2 global', 'fe80::abcd link']);
  });

  it('counts what each has sent and received, where the system does', async () => {
    const head =
      'Inter-|   Receive  |  Transmit\n face |bytes packets errs drop fifo frame compressed multicast|bytes packets\n';
    const files = {
      '/proc/net/dev': `${head}  eth0: 900 12 0 0 0 0 0 0 700 9 0 0 0 0 0 0\n  eth1:0 0 0 0 0 0 0 0 52 1 0 0 0 0 0 0\n garbage\n`,
    };
    const found = await measured(deviceInterfaces, facts('192.0.2.9'), { run: { 'ip -j -d addr show': addr }, files });
    expect(found.map(({ traffic }) => traffic)).toEqual([
      undefined,
      { received: 12, sent: 9 },
      { received: 0, sent: 1 },
    ]);
  });

  it('is skipped, not empty, where nothing can be read', async () => {
    expect(await deviceInterfaces.gather(facts('192.0.2.9'), contextOf({}))).toMatchObject({ state: 'skipped' });
  });
});
