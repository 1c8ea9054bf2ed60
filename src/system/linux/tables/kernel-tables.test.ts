// The kernel asked directly must say what ip(8) says of the same machine, in every key that is read of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMakeNamespaces, makeNamespaces, type Namespaces } from '../../../../test/namespaces.js';
import { parseSocketLines } from '../../../inspectors/listeners/socket-lines.js';
import type { ListenerFact } from '../../../model/facts.js';
import type { TableAnswer } from '../../../model/kernel-tables.js';
import { linuxSockets } from '../sockets.js';
import { kernelTables } from './kernel-tables.js';
import { openRouteSocket } from './route-socket.js';

const setup = `link add eth0 type veth peer name eth1
link add eth2 type veth peer name eth3
link set eth0 up mtu 1400
link set eth1 up
link set eth2 up
addr add 192.0.2.2/24 dev eth0
addr add 10.9.0.1 peer 10.9.0.2 dev eth1
addr add 2001:db8:1::2/64 dev eth0 nodad
route add default via 192.0.2.1 metric 50
route add default via 2001:db8:1::1 dev eth0 mtu 1300
route add unreachable default metric 9000
route add 198.51.100.0/24 via 192.0.2.1 proto static src 192.0.2.2
route add 198.18.0.0/15 nexthop via 192.0.2.1 nexthop via 192.0.2.9
route add 198.19.1.0/24 via inet6 2001:db8:1::1 dev eth0
route add blackhole 203.0.113.1/32
route add unreachable 203.0.113.2/32
route add prohibit 203.0.113.3/32
route add throw 203.0.113.4/32
route add prohibit 2001:db8:9::3/128 metric 7
route add 2001:db8:5::/48 via 2001:db8:1::1 proto ra
route add 198.51.100.64/26 via 192.0.2.1 table default
rule add from 10.0.0.0/8 to 203.0.113.0/25 fwmark 0x1/0xff lookup default
rule add not fwmark 0x2a lookup main suppress_prefixlength 0
rule add to 198.51.100.7 iif eth0 lookup main
rule add uidrange 1000-2000 oif eth0 prohibit
rule add uidrange 3000-3000 prohibit
neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev eth0
neigh add 192.0.2.9 dev eth0 nud failed
neigh add 2001:db8:1::1 lladdr 02:00:00:00:00:02 dev eth0 nud stale
`;

const keys: Readonly<Record<string, readonly string[]>> = {
  addr: ['ifindex', 'ifname', 'flags', 'mtu', 'link_type', 'linkinfo', 'addr_info'],
  neigh: ['dst', 'dev', 'lladdr', 'state'],
  rule: [
    'priority',
    'not',
    'src',
    'srclen',
    'dst',
    'dstlen',
    'fwmark',
    'fwmask',
    'iif',
    'oif',
    'uid_start',
    'uid_end',
    'table',
    'suppress_prefixlen',
    'action',
  ],
  route: ['type', 'dst', 'gateway', 'via', 'dev', 'table', 'protocol', 'scope', 'prefsrc', 'metric'],
};

/** The parts of an object of ip(8) that are read, in one order. */
function read(command: string, entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const wanted = keys[command.split(' ')[0] ?? ''] ?? [];
  const parts = wanted.flatMap((key) => (key in entry ? [[key, entry[key]] as const] : []));
  return Object.fromEntries(
    parts.map(([key, value]) => {
      if (key === 'linkinfo') return [key, { info_kind: (value as Record<string, unknown>)['info_kind'] }];
      // The other end of a cable is down too: a word that nobody reads.
      if (key === 'flags') return [key, (value as readonly string[]).filter((flag) => flag !== 'M-DOWN')];
      if (key !== 'addr_info') return [key, value];
      const addresses = value as readonly Record<string, unknown>[];
      return [key, addresses.map(({ family, local, prefixlen, scope }) => ({ family, local, prefixlen, scope }))];
    }),
  );
}

describe.runIf(canMakeNamespaces)('the tables of the kernel', () => {
  const opened = linuxSockets(null);
  if (typeof opened === 'string') throw new Error(opened);
  const tables = kernelTables(opened.kernel);
  let world: Namespaces;

  beforeAll(() => {
    world = makeNamespaces(['one'], []);
    world.run('one', 'ip', ['-batch', '-'], setup);
    for (const kind of ['dummy', 'bridge', 'ipip', 'sit', 'gre', 'ip6gre', 'wireguard']) tryToAdd(kind);
  });
  afterAll(() => world.remove());

  /** Not every kernel has each kind. */
  const tryToAdd = (kind: string): void => {
    try {
      world.run('one', 'ip', ['link', 'add', `a${kind}`, 'type', kind]);
    } catch {
      // The others are compared.
    }
  };
  const asked = (family: 0 | 4 | 6, command: string): Promise<TableAnswer | null> =>
    world.in('one', () => tables.ask(family, command.split(' ')));
  const printed = (family: 0 | 4 | 6, command: string): Record<string, unknown>[] => {
    const flag = family === 0 ? [] : [`-${family}`];
    const detailed = command.startsWith('addr') ? ['-d'] : [];
    const text = world.run('one', 'ip', [...flag, ...detailed, '-j', ...command.split(' ')]);
    const entries = text.trim() === '' ? [] : (JSON.parse(text) as Record<string, unknown>[]);
    return entries.map((entry) => read(command, entry));
  };

  it.each([
    [0, 'addr show'],
    [0, 'neigh show nud all'],
    [4, 'rule show'],
    [6, 'rule show'],
    [4, 'route show default'],
    [6, 'route show default'],
    ...['198.51.100.10', '198.19.1.1', '192.0.2.2', '192.0.2.77', '127.0.0.1', '10.9.0.2', '8.8.8.8'].flatMap(
      (address): [4, string][] => [
        [4, `route get ${address} uid 0`],
        [4, `route get fibmatch ${address} uid 0`],
      ],
    ),
    [4, 'route get fibmatch 198.18.7.7 uid 0'],
    [4, 'route get 198.51.100.10 oif eth0 uid 7'],
    ...['2001:db8:5::1', '2001:db8:1::2', '2001:db8:1::77', '::1', '2001:db8:ffff::1'].flatMap(
      (address): [6, string][] => [
        [6, `route get ${address} uid 0`],
        [6, `route get fibmatch ${address} uid 0`],
      ],
    ),
  ] as [0 | 4 | 6, string][])('IPv%i: ip %s', async (family, command) => {
    const answer = await asked(family, command);
    const expected = printed(family, command);
    expect(expected.length).toBeGreaterThan(0);
    expect(answer && 'entries' in answer && answer.entries.map((entry) => read(command, entry))).toEqual(expected);
  });

  it('which sockets listen, as ss does', async () => {
    const servers = `const { createServer } = require('node:net');
const { createSocket } = require('node:dgram');
const ends = [['127.0.0.1', 1001], ['0.0.0.0', 1002], ['::1', 1003], ['::', 1004], ['192.0.2.2', 1006]];
for (const [host, port] of ends) createServer().listen({ host, port, backlog: 9 });
createServer().listen({ host: '::', port: 1005, ipv6Only: true });
createSocket('udp4').bind(1053, '127.0.0.1');
createSocket('udp6').bind(1054);
createSocket('udp4').connect(9, '127.0.0.1');
setTimeout(() => console.log('ready'), 200);`;
    const child = world.in('one', () =>
      spawn(process.execPath, ['-e', servers], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    try {
      await once(child.stdout, 'data');
      const told = await world.in('one', () => tables.listening());
      const lines = parseSocketLines(world.run('one', 'ss', ['-Hltune']));
      const order = (all: readonly ListenerFact[] | null) => [...(all ?? [])].toSorted((a, b) => a.port - b.port);
      expect(order(lines).map(({ port }) => port)).toEqual([1001, 1002, 1003, 1004, 1005, 1006, 1053, 1054]);
      expect(order(told)).toEqual(order(lines));
      const network = (): string => readlinkSync('/proc/thread-self/ns/net');
      const before = network();
      const there = await tables.listeningOf(child.pid ?? 0);
      expect(network()).toBe(before);
      expect(there?.map(({ port }) => port).toSorted((a, b) => a - b)).toEqual([1001, 1002, 1003, 1004, 1005, 1006]);
      const inodes = world.run('one', 'ss', ['-Hltne']);
      for (const { inode } of there ?? []) expect(inodes).toContain(` ino:${inode} `);
      expect(await tables.listeningOf(2 ** 22 + 1)).toBeNull();
    } finally {
      child.kill();
    }
  });

  it('takes no kind of socket that the kernel has no table of for an empty table', () => {
    const socket = openRouteSocket(opened.kernel, 4);
    if (typeof socket === 'number') throw new Error(String(socket));
    const question = (protocol: number): Uint8Array =>
      Uint8Array.from({ length: 56 }, (_, at) => [2, protocol][at] ?? 0);
    try {
      // Protocol 253 is nobody's (RFC 3692): the end of its table bears ENOENT.
      expect(socket.dump(20, question(253))).toBe(2);
      expect(socket.dump(20, question(17))).toEqual([]);
    } finally {
      socket.close();
    }
  });

  it.each([
    [4, 'route get 203.0.113.1 uid 0', 'Invalid argument'],
    [4, 'route get 203.0.113.2 uid 0', 'No route to host'],
    [4, 'route get 203.0.113.3 uid 0', 'Permission denied'],
    [6, 'route get 2001:db8:9::3 uid 0', 'Permission denied'],
    [4, 'route get 198.51.100.10 uid 3000', 'Permission denied'],
  ] as [4 | 6, string, string][])('IPv%i: ip %s is refused', async (family, command, words) => {
    expect(await asked(family, command)).toEqual({ refused: words });
    expect(() => printed(family, command)).toThrow();
  });

  it.each([
    'route get 198.51.100.1 from 192.0.2.2',
    'route get nonsense',
    'route get 8.8.8.8 oif nosuch',
    'tunnel show',
  ])('leaves "%s" to the program', async (command) => {
    expect(await asked(4, command)).toBeNull();
  });

  it.each(['rule add lookup 77', 'rule add dport 80-90 lookup main', 'rule add goto 32766'])(
    'leaves the list to the program after "%s"',
    async (rule) => {
      world.run('one', 'ip', ['-batch', '-'], `${rule} priority 5\n`);
      expect(await asked(4, 'rule show')).toBeNull();
      world.run('one', 'ip', ['rule', 'del', 'priority', '5']);
      expect(await asked(4, 'rule show')).not.toBeNull();
    },
  );
});
