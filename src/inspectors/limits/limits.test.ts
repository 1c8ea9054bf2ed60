import { describe, expect, it } from 'vitest';
import type { AddressProbe, Facts, ListenersFact } from '../../model/facts.js';
import type { Observed } from '../../model/observed.js';
import { conntrackDrops, netstatCounters } from '../../probes/counters/counter-files.js';
import { facts, measured } from '../context.fixture.js';
import { filesLimit, portRange, reservedIn } from './limit-files.js';
import { deviceLimits } from './limits.js';
import { countPorts } from './ports-towards.js';

const known = <T>(value: T): Observed<T> => ({ state: 'known', value, at: 0, ms: 0, source: '' });

describe('files of /proc', () => {
  it('are read as far as they say something', () => {
    expect(portRange('32768\t60999\n')).toEqual({ first: 32_768, last: 60_999 });
    expect(portRange('60999 32768')).toBeNull();
    expect(portRange('')).toBeNull();
    expect(reservedIn('8080,9148-9150\n', { first: 8000, last: 9149 })).toBe(3);
    expect(reservedIn('\n', { first: 8000, last: 9149 })).toBe(0);
    expect(filesLimit('Limit  Soft Limit  Hard Limit  Units\nMax open files   1024   1048576   files\n')).toBe(1024);
    expect(filesLimit('Max open files   unlimited   unlimited   files\n')).toBeNull();
  });

  it('have counters in pairs of lines, and one line a processor in hexadecimal', () => {
    const text =
      'TcpExt: SyncookiesSent IPReversePathFilter ListenOverflows\nTcpExt: 1 25 3\nIpExt: InOctets\nIpExt: 7\n';
    expect(netstatCounters(text)).toEqual({ IPReversePathFilter: 25, ListenOverflows: 3 });
    expect(netstatCounters('TcpExt: IPReversePathFilter\nIpExt: 9\n')).toEqual({});
    expect(
      conntrackDrops('entries  found drop early_drop\n00000001 00000000 0000000a 00000000\n00000001 0 00000001 0\n'),
    ).toBe(11);
    expect(conntrackDrops('')).toBeNull();
  });
});

describe('local ports towards one place', () => {
  const line = (port: number, state: string, who = ''): string =>
    `${state} 0 0 192.0.2.2:${port} 198.51.100.10:443 ${who}`;

  it('are counted once each, within the range, with who holds most', () => {
    const text = [
      line(40_000, 'ESTAB', 'users:(("app",pid=9,fd=6))'),
      line(40_001, 'ESTAB', 'users:(("app",pid=9,fd=7))'),
      line(40_001, 'TIME-WAIT'),
      line(40_002, 'TIME-WAIT'),
      line(50_000, 'ESTAB', 'users:(("other",pid=8,fd=7))'),
    ].join('\n');
    expect(countPorts(text, { first: 40_000, last: 40_009 })).toEqual({
      used: 3,
      ended: 1,
      holder: { pid: 9, process: 'app', used: 2 },
    });
  });
});

describe('device.limits', () => {
  const connect: Observed<readonly AddressProbe[]> = known([
    {
      address: '192.0.2.9',
      port: 443,
      first: {
        address: '192.0.2.9',
        port: 443,
        failure: { operation: 'connect', code: 'no-local-address', raw: 'EADDRNOTAVAIL' },
        synchronous: true,
        ms: 0,
        localAddress: null,
        localPort: null,
        icmp: [],
        tcp: null,
      },
      repeats: [],
    },
  ]);
  const listeners: Observed<ListenersFact> = known({
    own: ['192.0.2.9'],
    listeners: [
      { protocol: 'tcp', address: '0.0.0.0', port: 443, v6only: null, process: 'nginx', pid: 8, backlog: null },
    ],
  });
  const more: Partial<Facts> = { connect, 'device.listeners': listeners };

  it('has each limit and its use', async () => {
    const limits = 'Max open files            24                   24                   files\n';
    const value = await measured(deviceLimits, facts('192.0.2.9', more), {
      files: {
        '/proc/sys/net/ipv4/ip_local_port_range': '40000 40001',
        '/proc/sys/fs/file-nr': '1696\t0\t2466177\n',
        '/proc/self/limits': limits,
        '/proc/self/fd/0': '',
        '/proc/8/limits': limits,
        '/proc/8/fd/0': '',
        '/proc/8/fd/1': '',
        '/proc/sys/net/netfilter/nf_conntrack_count': '7\n',
        '/proc/sys/net/netfilter/nf_conntrack_max': '8\n',
        '/proc/sys/net/core/somaxconn': '4096\n',
        '/proc/net/netstat': 'TcpExt: IPReversePathFilter \nTcpExt: 4\n',
      },
      run: {
        'ss -Htanp dst 192.0.2.9:443': 'ESTAB 0 0 192.0.2.2:40000 192.0.2.9:443',
        'ss -Hltnp sport = :443':
          'LISTEN 0 511 0.0.0.0:443 0.0.0.0:* users:(("nginx",pid=8,fd=6),("nginx",pid=7,fd=6))',
      },
    });
    expect(value).toMatchObject({
      ports: { first: 40_000, last: 40_001, towards: [{ used: 1 }] },
      files: { process: { used: 1, limit: 24 }, device: { used: 1696, limit: 2_466_177 } },
      listeners: [{ pid: 8, process: 'nginx', used: 2, limit: 24 }],
      conntrack: { used: 7, limit: 8 },
      mostWaiting: 4096,
    });
  });

  it('says what it could not see', async () => {
    expect(await measured(deviceLimits, facts('192.0.2.9', more), {})).toEqual({
      ports: null,
      files: { process: null, device: null },
      listeners: [],
      conntrack: null,
      reversePathDrops: null,
    });
  });
});
