import { describe, expect, it } from 'vitest';
import { contextOf } from '../context.fixture.js';
import { tunnelHolders } from './tunnel-holders.js';

describe('who serves a tunnel interface', () => {
  const files = {
    '/proc/70/comm': 'openvpn\n',
    '/proc/70/fd/3': { link: '/dev/net/tun' },
    '/proc/70/fdinfo/3': 'pos:\t48\nflags:\t02104002\nmnt_id:\t24\nino:\t105\niff:\ttun0\n',
    '/proc/70/fd/4': { link: '/dev/null' },
    '/proc/71/comm': 'holder\n',
    // Open, and no interface made with it.
    '/proc/71/fd/3': { link: '/dev/net/tun' },
    '/proc/71/fdinfo/3': 'pos:\t0\n',
  };

  it('is the program whose open file names the interface', async () => {
    const { system } = contextOf({ files });
    expect([...(await tunnelHolders(system.files))]).toEqual([['tun0', { pid: 70, process: 'openvpn' }]]);
  });

  it('is none whose network is another one', async () => {
    const [here, there] = [{ link: 'net:[1]' }, { link: 'net:[2]' }];
    const other = { ...files, '/proc/self/ns/net': here, '/proc/70/ns/net': there };
    expect([...(await tunnelHolders(contextOf({ files: other }).system.files))]).toEqual([]);
    const same = { ...files, '/proc/self/ns/net': here, '/proc/70/ns/net': here };
    expect([...(await tunnelHolders(contextOf({ files: same }).system.files)).keys()]).toEqual(['tun0']);
  });

  it('is nobody where what programs hold is not shown', async () => {
    const { system } = contextOf({ files: { '/proc/70/comm': 'openvpn\n' } });
    expect([...(await tunnelHolders(system.files))]).toEqual([]);
  });
});
