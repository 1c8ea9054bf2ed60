import { describe, expect, it } from 'vitest';
import type { Facts } from '../../model/facts.js';
import type { KernelTables } from '../../model/kernel-tables.js';
import { addr, contextOf, facts, measured } from '../context.fixture.js';
import { deviceListeners } from './listeners.js';

describe('device.listeners', () => {
  const lines = [
    'udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:* users:(("systemd-resolve",pid=312,fd=13)) uid:101 ino:1 sk:1',
    'tcp LISTEN 3 128 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=9,fd=6),("nginx",pid=8,fd=6)) ino:2 sk:2',
    'tcp LISTEN 0 128 [::]:443 [::]:* ino:3 sk:3 v6only:1 <->',
    'tcp LISTEN 0 128 *:22 *:* ino:4 sk:4 v6only:0',
    'tcp LISTEN 0 5 [fe80::1]%eth0:8080 [::]:* ino:5 sk:5 v6only:1',
  ].join('\n');
  it('reads ss', async () => {
    const { own, listeners } = await measured(deviceListeners, facts('192.0.2.2'), {
      run: { 'ss -Hltunpe': lines, 'ip -j addr show': addr },
    });
    expect(own).toEqual(['127.0.0.1', '192.0.2.2']);
    expect(listeners).toEqual([
      {
        protocol: 'udp',
        address: '127.0.0.53',
        port: 53,
        device: 'lo',
        v6only: null,
        process: 'systemd-resolve',
        pid: 312,
        backlog: null,
      },
      {
        protocol: 'tcp',
        address: '0.0.0.0',
        port: 80,
        v6only: null,
        process: 'nginx',
        pid: 9,
        backlog: { used: 3, limit: 128 },
      },
      {
        protocol: 'tcp',
        address: '::',
        port: 443,
        v6only: true,
        process: null,
        pid: null,
        backlog: { used: 0, limit: 128 },
      },
      {
        protocol: 'tcp',
        address: '::',
        port: 22,
        v6only: false,
        process: null,
        pid: null,
        backlog: { used: 0, limit: 128 },
      },
      {
        protocol: 'tcp',
        address: 'fe80::1',
        port: 8080,
        v6only: true,
        process: null,
        pid: null,
        backlog: { used: 0, limit: 5 },
      },
    ]);
  });
  it('starts no program where the target is somebody else', async () => {
    const run = { 'ss -Hltunpe': lines, 'ip -j addr show': addr };
    const files = { '/proc/net/tcp': '  sl\n   0: 00000000:07E8 00000000:0000 0A 0 0\n' };
    const { own, listeners } = await measured(deviceListeners, facts('192.0.2.9'), { run, files });
    expect(own).toContain('192.0.2.2');
    expect(listeners).toMatchObject([{ address: '0.0.0.0', port: 2024, process: null }]);
  });
  it('starts ss, where the kernel has told who listens, for the ports alone that matter', async () => {
    const run = { 'ss -Hltunpe': lines, 'ip -j addr show': addr };
    const told = { v6only: null, process: null, pid: null, backlog: null, address: '127.0.0.1' } as const;
    const found = async (port: number, of: Facts): Promise<readonly (string | null)[]> => {
      const context = contextOf({ run });
      const tables: KernelTables = {
        ask: () => Promise.resolve(null),
        listeningOf: () => Promise.resolve(null),
        listening: () => Promise.resolve([{ ...told, protocol: 'tcp', port }]),
      };
      const result = await deviceListeners.gather(of, { ...context, system: { ...context.system, tables } });
      return result.state === 'known' ? result.value.listeners.map(({ process }) => process) : [];
    };
    expect(await found(80, facts('127.0.0.1'))).toEqual([null]);
    expect(await found(53, facts('127.0.0.1'))).toEqual([null]);
    expect(await found(443, facts('127.0.0.1'))).toHaveLength(5);
    expect(await found(443, facts('192.0.2.9'))).toEqual([null]);
    const named = facts('shop.example', {
      'name.system': { state: 'known', value: { addresses: ['127.0.0.1'] }, source: 'getaddrinfo', at: 0, ms: 0 },
    });
    expect(await found(53, named)).toHaveLength(5);
  });
  it('reads /proc/net where there is no ss', async () => {
    const files = {
      '/proc/net/tcp':
        '  sl  local_address rem_address   st\n   0: 00000000:07E8 00000000:0000 0A 0 0 0 0 0 1649\n   1: 0100007F:8CED 0100007F:D819 06 0 0 0 0 0 0\n',
      '/proc/net/tcp6':
        '  sl\n   0: B80D0120000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0 0\n',
      '/proc/net/udp': '  sl\n   0: 3500007F:0035 00000000:0000 07 0 0\n',
    };
    const { listeners } = await measured(deviceListeners, facts('192.0.2.9'), { files });
    expect(listeners.map(({ protocol, address, port }) => `${protocol} ${address} ${port}`)).toEqual([
      'tcp 0.0.0.0 2024',
      'tcp 2001:db8::1 80',
      'udp 127.0.0.53 53',
    ]);
  });
});
