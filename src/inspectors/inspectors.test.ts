import { describe, expect, it } from 'vitest';
import { fakeSystem, type Script } from '../../test/fake-system.js';
import type { Facts, FactKey } from '../model/facts.js';
import type { Context, Gatherer } from '../model/gatherer.js';
import { parseTarget } from '../model/parse-target.js';
import { defaultOptions } from '../model/settings.js';
import { deviceInterfaces } from './interfaces/interfaces.js';
import { deviceListeners } from './listeners/listeners.js';
import { arpEntries, deviceNeighbours } from './neighbours/neighbours.js';
import { refusingRoute, refusingRule } from './routes/route-choice.js';
import { ruleText } from './routes/route-text.js';
import { deviceRoutes } from './routes/routes.js';
import { deviceSelf } from './self/self.js';

function contextOf(script: Script): Context {
  const system = fakeSystem(script);
  return {
    system,
    options: defaultOptions,
    signal: new AbortController().signal,
    streams: new Map(),
    remaining: () => 10_000,
    settled: () => Promise.resolve(),
    latest: () => facts('192.0.2.9'),
  };
}

function facts(host: string, more: Partial<Facts> = {}): Facts {
  const parsed = parseTarget(`${host.includes(':') ? `[${host}]` : host}:443`);
  if (!parsed.ok) throw new Error(parsed.why);
  return { target: parsed.target, ...more };
}

async function measured<K extends FactKey>(gatherer: Gatherer<K>, of: Facts, script: Script) {
  const result = await gatherer.gather(of, contextOf(script));
  if (result.state !== 'known') throw new Error(`${gatherer.fact}: ${JSON.stringify(result)}`);
  return result.value;
}

const addr = JSON.stringify([
  {
    ifindex: 1,
    ifname: 'lo',
    flags: ['LOOPBACK', 'UP', 'LOWER_UP'],
    mtu: 65536,
    link_type: 'loopback',
    addr_info: [{ local: '127.0.0.1', prefixlen: 8, scope: 'host' }],
  },
  {
    ifindex: 2,
    ifname: 'eth0',
    flags: ['NO-CARRIER', 'BROADCAST', 'UP'],
    mtu: 1500,
    link_type: 'ether',
    linkinfo: { info_kind: 'veth' },
    addr_info: [{ local: '192.0.2.2', prefixlen: 24, scope: 'global' }],
  },
  { ifindex: 3, ifname: 'eth1', flags: ['BROADCAST'], mtu: 1500, link_type: 'ether', addr_info: [] },
]);

describe('device.self', () => {
  it('says as whom the sockets are opened', async () => {
    expect(await measured(deviceSelf, facts('192.0.2.9'), { identity: { uid: 1000, user: 'ann' } })).toMatchObject({
      uid: 1000,
      user: 'ann',
      platform: 'linux',
    });
  });
});

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

  it('is skipped, not empty, where nothing can be read', async () => {
    expect(await deviceInterfaces.gather(facts('192.0.2.9'), contextOf({}))).toMatchObject({ state: 'skipped' });
  });
});

const rules4 = '[{"priority":0,"src":"all","table":"local"},{"priority":32766,"src":"all","table":"main"}]';
const default4 = '[{"dst":"default","gateway":"192.0.2.1","dev":"eth0","metric":100,"flags":[]}]';
const config = (address: string): Partial<Facts> => ({
  'name.config': {
    state: 'known',
    at: 0,
    ms: 0,
    source: 'test',
    value: {
      resolvers: [{ address, port: 53, location: '/etc/resolv.conf:1' }],
      search: [],
      file: { path: '/etc/resolv.conf', exists: true, link: null },
      order: [],
    },
  },
});

describe('device.routes', () => {
  it('asks for the target and the resolvers as the probing user, by one process for each family', async () => {
    const seen: (string | undefined)[] = [];
    const value = await measured(deviceRoutes, facts('198.51.100.7', config('203.0.113.53')), {
      run: (_program, args, options) => {
        if (args.join(' ') === '-6 -j -force -batch -') return '[]\n[]\n';
        if (args.join(' ') !== '-4 -j -force -batch -')
          return '198.51.100.0/25 via x\nblackhole 198.51.100.0/25 \nblackhole 198.51.0.0/16 \n';
        seen.push(options?.input);
        return {
          exit: 1,
          stdout: `${rules4}\n${default4}\n[{"dst":"203.0.113.53","gateway":"192.0.2.1","dev":"eth0","prefsrc":"192.0.2.2"}]\n[{"dst":"default","gateway":"192.0.2.1","dev":"eth0"}]\n`,
          stderr:
            'RTNETLINK answers: Invalid argument\nCommand failed -:3\nRTNETLINK answers: Invalid argument\nCommand failed -:5\n',
        };
      },
    });
    expect(seen).toEqual([
      'rule show\nroute show default\nroute get 198.51.100.7 uid 1000\nroute get 203.0.113.53 uid 1000\nroute get fibmatch 198.51.100.7 uid 1000\nroute get fibmatch 203.0.113.53 uid 1000\n',
    ]);
    expect(value.choices).toEqual([
      {
        address: '198.51.100.7',
        type: 'blackhole',
        via: null,
        device: null,
        source: null,
        table: 'main',
        error: 'Invalid argument',
        line: 'blackhole 198.51.100.0/25',
      },
      {
        address: '203.0.113.53',
        type: 'unicast',
        via: '192.0.2.1',
        device: 'eth0',
        source: '192.0.2.2',
        table: null,
        error: null,
        line: 'default via 192.0.2.1 dev eth0',
      },
    ]);
    expect(value.defaults).toEqual([{ family: 4, via: '192.0.2.1', device: 'eth0', metric: 100 }]);
  });

  it('asks one by one where the answers of a batch cannot be told apart', async () => {
    const value = await measured(deviceRoutes, facts('198.51.100.7'), {
      run: (_program, args) => {
        const line = args.join(' ');
        if (line.includes('-batch')) return '[]';
        if (line === '-j -4 route get 198.51.100.7 uid 1000')
          return { exit: 2, stderr: 'RTNETLINK answers: Network is unreachable\n' };
        return line.includes('rule') ? rules4 : '[]';
      },
    });
    expect(value.choices).toMatchObject([{ type: 'none', error: 'Network is unreachable', line: null }]);
  });

  it('is skipped where there is no ip', async () => {
    expect(await deviceRoutes.gather(facts('198.51.100.7'), contextOf({}))).toMatchObject({ state: 'skipped' });
  });
});

describe('the line that refuses', () => {
  const listed =
    'blackhole default table 77 \nprohibit 198.51.100.0/24 \nprohibit 198.51.100.128/25 \nunreachable 198.51.100.0/24 table 9\n';
  it('has the longest prefix of its table', () => {
    expect(refusingRoute('198.51.100.200', 'prohibit', listed, [])).toEqual({
      type: 'prohibit',
      table: 'main',
      line: 'prohibit 198.51.100.128/25',
    });
    expect(refusingRoute('198.51.100.7', 'prohibit', listed, [])?.line).toBe('prohibit 198.51.100.0/24');
  });
  it('is in a table that a rule for this address leads to', () => {
    const rules = [
      '0: from all lookup local',
      '100: from all to 198.51.100.0/24 lookup 77',
      '32766: from all lookup main',
    ];
    expect(refusingRoute('198.51.100.7', 'blackhole', listed, rules)).toMatchObject({ table: '77' });
    expect(refusingRoute('203.0.113.7', 'blackhole', listed, rules)).toBeNull();
    expect(refusingRoute('198.51.100.7', 'unreachable', listed, rules)).toBeNull();
  });
  it('may be a rule of its own', () => {
    const rules = ['0: from all lookup local', '9: from all to 198.51.100.0/24 prohibit'];
    expect(refusingRule('198.51.100.7', 'prohibit', rules)?.line).toBe(rules[1]);
    expect(refusingRule('203.0.113.7', 'prohibit', rules)).toBeNull();
    expect(refusingRule('198.51.100.7', 'blackhole', rules)).toBeNull();
  });
});

describe('a policy rule', () => {
  it('reads as ip prints it', () => {
    const rule = {
      priority: 32765,
      src: 'all',
      dst: '203.0.113.0',
      dstlen: 24,
      fwmark: '0x5',
      fwmask: '0xff',
      iif: 'lo',
      uid_start: 5,
      uid_end: 6,
      ipproto: 'tcp',
      dport: 80,
      table: '5',
    };
    expect(ruleText(rule)).toBe(
      '32765: from all to 203.0.113.0/24 uidrange 5-6 fwmark 0x5/0xff iif lo ipproto tcp dport 80 lookup 5',
    );
    expect(ruleText({ priority: 7, not: null, src: '192.0.2.0', srclen: 24, action: 'prohibit' })).toBe(
      '7: not from 192.0.2.0/24 prohibit',
    );
  });
});

describe('device.neighbours', () => {
  it('keeps the next hops of this diagnosis only', async () => {
    const routes: Partial<Facts> = {
      'device.routes': {
        state: 'known',
        at: 0,
        ms: 0,
        source: 'test',
        value: { choices: [], defaults: [{ family: 4, via: '192.0.2.1', device: 'eth0', metric: null }], rules: [] },
      },
    };
    const found = await measured(deviceNeighbours, facts('198.51.100.7', routes), {
      run: {
        'ip -j neigh show nud all':
          '[{"dst":"192.0.2.1","dev":"eth0","state":["FAILED"]},{"dst":"192.0.2.77","dev":"eth0","lladdr":"02:00:00:00:00:01","state":["REACHABLE"]}]',
      },
    });
    expect(found).toEqual([{ address: '192.0.2.1', device: 'eth0', state: 'FAILED', mac: null }]);
  });
  it('reads /proc/net/arp', () => {
    const text =
      'IP address       HW type     Flags       HW address            Mask     Device\n192.0.2.1        0x1         0x2         02:00:00:00:00:01     *        eth0\n192.0.2.9        0x1         0x0         00:00:00:00:00:00     *        eth0\n';
    expect(arpEntries(text)).toEqual([
      { address: '192.0.2.1', device: 'eth0', state: 'STALE', mac: '02:00:00:00:00:01' },
      { address: '192.0.2.9', device: 'eth0', state: 'INCOMPLETE', mac: null },
    ]);
  });
});

describe('device.listeners', () => {
  const lines = [
    'udp UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:* users:(("systemd-resolve",pid=312,fd=13)) uid:101 ino:1 sk:1',
    'tcp LISTEN 3 128 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=9,fd=6),("nginx",pid=8,fd=6)) ino:2 sk:2',
    'tcp LISTEN 0 128 [::]:443 [::]:* ino:3 sk:3 v6only:1 <->',
    'tcp LISTEN 0 128 *:22 *:* ino:4 sk:4 v6only:0',
  ].join('\n');
  it('reads ss', async () => {
    const { own, listeners } = await measured(deviceListeners, facts('192.0.2.9'), {
      run: { 'ss -Hltunpe': lines, 'ip -j addr show': addr },
    });
    expect(own).toEqual(['127.0.0.1', '192.0.2.2']);
    expect(listeners).toEqual([
      {
        protocol: 'udp',
        address: '127.0.0.53',
        port: 53,
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
    ]);
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
