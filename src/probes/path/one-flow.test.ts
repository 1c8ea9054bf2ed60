import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMakeNamespaces, makeNamespaces, type Namespaces } from '../../../test/namespaces.js';
import type { Context } from '../../model/gatherer.js';
import type { HopFact } from '../../model/facts.js';
import { defaultOptions } from '../../model/settings.js';
import { realClock } from '../../system/clock.js';
import { linuxSockets } from '../../system/linux/sockets.js';
import { OneFlow } from './one-flow.js';
import { trace } from './path.js';

const target = '192.0.2.10';
/** Two ways of two routers each, and the router before them balances by ports. */
const ways = { a: ['10.1.0.2', '10.3.0.2'], b: ['10.2.0.2', '10.4.0.2'] } as const;
const tries = 12;

describe.runIf(canMakeNamespaces)('a way on which load is balanced (as root, in namespaces)', () => {
  let world: Namespaces;
  const opened = linuxSockets(null);
  if (typeof opened === 'string') throw new Error(opened);
  const context = {
    system: { sockets: opened.sockets, clock: realClock },
    signal: new AbortController().signal,
    options: defaultOptions,
    remaining: () => 10_000,
  } as unknown as Context;

  beforeAll(() => {
    world = balancedWorld();
    world.enter('client');
  });
  afterAll(() => world.remove());

  const routers = (hops: readonly HopFact[]): (string | null)[] =>
    hops.filter(({ ttl }) => ttl === 2 || ttl === 3).map(({ address }) => address);
  const isOne = (seen: readonly (string | null)[]): boolean =>
    Object.values(ways).some((way) => way.every((router, i) => seen[i] === router));

  it('is mixed by flows that go at once, and never by the one that is followed', async () => {
    let mixed = 0;
    let followed = 0;
    for (let i = 0; i < tries; i++) {
      const way = await trace(target, 443, context);
      if (!isOne(routers(way.hops))) mixed++;
      const flow = new OneFlow(way, context);
      await flow.follow();
      const { hops, balanced, localPort } = flow.fact;
      expect(localPort).not.toBeNull();
      if (!balanced) continue;
      followed++;
      expect(hops[0]?.ttl).toBe(1);
      expect(routers(hops)).toSatisfy(isOne);
    }
    // Each by chance of one half: all twelve alike come once in four thousand times.
    expect(mixed).toBeGreaterThan(0);
    expect(followed).toBeGreaterThan(0);
  }, 30_000);
});

function balancedWorld(): Namespaces {
  const names = ['client', 'r', 'a1', 'a2', 'b1', 'b2', 's'];
  const world = makeNamespaces(names, [
    ['client:eth0', 'r:in'],
    ['r:west', 'a1:in'],
    ['r:east', 'b1:in'],
    ['a1:out', 'a2:in'],
    ['b1:out', 'b2:in'],
    ['a2:out', 's:west'],
    ['b2:out', 's:east'],
  ]);
  const ip = (name: string, ...lines: string[]): void => void world.run(name, 'ip', ['-batch', '-'], lines.join('\n'));
  for (const name of names) {
    world.sysctl(name, 'net.ipv4.ip_forward', '1');
    world.sysctl(name, 'net.ipv4.icmp_ratelimit', '0');
  }
  // Addresses, protocol and ports. Policy 1 would take the hash that the packet bears, and over veth that is its socket's.
  world.sysctl('r', 'net.ipv4.fib_multipath_hash_policy', '3');
  world.sysctl('r', 'net.ipv4.fib_multipath_hash_fields', '55');
  ip('client', 'addr add 10.0.0.2/24 dev eth0', 'route add default via 10.0.0.1');
  ip(
    'r',
    'addr add 10.0.0.1/24 dev in',
    'addr add 10.1.0.1/24 dev west',
    'addr add 10.2.0.1/24 dev east',
    `route add ${target}/32 nexthop via 10.1.0.2 nexthop via 10.2.0.2`,
  );
  for (const [near, far, x, y, z] of [
    ['a1', 'a2', 1, 3, 5],
    ['b1', 'b2', 2, 4, 6],
  ] as const) {
    ip(
      near,
      `addr add 10.${x}.0.2/24 dev in`,
      `addr add 10.${y}.0.1/24 dev out`,
      `route add default via 10.${x}.0.1`,
      `route add ${target}/32 via 10.${y}.0.2`,
    );
    ip(
      far,
      `addr add 10.${y}.0.2/24 dev in`,
      `addr add 10.${z}.0.1/24 dev out`,
      `route add default via 10.${y}.0.1`,
      `route add ${target}/32 via 10.${z}.0.2`,
    );
  }
  ip(
    's',
    'addr add 10.5.0.2/24 dev west',
    'addr add 10.6.0.2/24 dev east',
    `addr add ${target}/32 dev lo`,
    'route add default via 10.5.0.1',
  );
  const drop = 'table ip t { chain i { type filter hook input priority 0; tcp dport 443 drop; }; }';
  world.run('s', 'nft', ['-f', '-'], drop);
  return world;
}
