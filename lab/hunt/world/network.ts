// A random small internet: one to four routers in a row, some twice side by side, with translation or without, with one
// family of addresses or both.
//
//   device ── home ── provider ── transit ── edge ── server
//                        │ └───── detour ─────┘
//                        ├── resolver
//                        └── reference
import type { Random } from '../../firewall/random.js';
import { settingsOf, type Link, type Machine, type Topology } from '../../world/topology.js';
import { lay, type Cable } from './lay.js';

export type Family = 4 | 6;

export interface Place {
  readonly 4: string;
  readonly 6: string;
}

export interface Network {
  readonly topology: Topology;
  /** On the way to the server, in order; of two side by side the first. */
  readonly routers: readonly Machine[];
  /** Half of the connections take it instead of the router before it in `routers`. */
  readonly detour: boolean;
  readonly families: readonly Family[];
  /** The first router translates IPv4 addresses. */
  readonly translates: boolean;
  readonly device: Place;
  readonly server: Place;
  readonly resolver: Place;
  /** The machine that answers for names: one of its own, or the first router. */
  readonly resolverOn: Machine;
  readonly referenceResolver: Place;
  readonly reference: Place;
  /** The device's network, as rules and routes name it. */
  readonly lan: Place;
  readonly servers: Place;
  /** The interface of a router towards the device. */
  readonly inward: Partial<Record<Machine, string>>;
  /** And towards the server. */
  readonly outward: Partial<Record<Machine, string>>;
}

const CHAINS: readonly (readonly Machine[])[] = [
  ['home'],
  ['home', 'edge'],
  ['home', 'provider', 'edge'],
  ['home', 'provider', 'transit', 'edge'],
];

function lanOf(random: Random): { four: string; device: number; router: number } {
  const four = random.pick([
    `192.168.${random.below(255)}`,
    `10.${random.below(255)}.${random.below(255)}`,
    `172.${16 + random.below(16)}.${random.below(255)}`,
  ]);
  return { four, device: 20 + random.below(180), router: random.pick([1, 254]) };
}

export function drawNetwork(random: Random): Network {
  const balanced = random.chance(0.2);
  const routers = balanced ? (CHAINS[3] ?? []) : random.pick(CHAINS);
  const families: readonly Family[] = random.chance(0.6) ? [4, 6] : random.chance(0.7) ? [4] : [6];
  const lan = lanOf(random);
  const [first = 'home'] = routers;
  const last = routers.at(-1) ?? first;
  const hub = random.chance(0.8) ? (routers[1] ?? first) : random.pick(routers);
  const translates = random.chance(0.4);
  const host = 10 + random.below(200);
  const home: Place = { 4: `${lan.four}.${lan.router}`, 6: '2001:db8:7::1' };
  const device: Place = { 4: `${lan.four}.${lan.device}`, 6: `2001:db8:7::${lan.device.toString(16)}` };
  const server: Place = { 4: `198.51.100.${host}`, 6: `2001:db8:100::${host.toString(16)}` };
  const referenceResolver: Place = { 4: '192.0.2.53', 6: '2001:db8:192::53' };
  const reference: Place = { 4: '192.0.2.80', 6: '2001:db8:192::80' };
  const resolverOn: Machine = random.chance(0.35) ? first : 'resolver';
  const ownResolver: Place = { 4: '203.0.113.53', 6: '2001:db8:113:53::53' };

  const cables: Cable[] = [
    {
      link: ['device', 'eth0', first, 'lan'],
      four: `${lan.four}.0/24`,
      six: '2001:db8:7::/64',
      a: device,
      b: home,
    },
    ...between(routers, balanced, translates && random.chance(0.5)),
    {
      link: [last, 'servers', 'server', 'eth0'],
      four: '198.51.100.0/24',
      six: '2001:db8:100::/64',
      a: { 4: '198.51.100.1', 6: '2001:db8:100::1' },
      b: server,
    },
    {
      link: [hub, 'dns', 'resolver', 'eth0'],
      four: '203.0.113.48/28',
      six: '2001:db8:113:53::/64',
      a: { 4: '203.0.113.49', 6: '2001:db8:113:53::1' },
      b: ownResolver,
    },
    {
      link: [hub, 'ix', 'reference', 'eth0'],
      four: '192.0.2.0/24',
      six: '2001:db8:192::/64',
      a: { 4: '192.0.2.1', 6: '2001:db8:192::1' },
      b: referenceResolver,
      besides: [reference],
    },
  ];
  const forwarding = new Set<Machine>([...routers, ...(balanced ? (['detour'] as const) : [])]);
  const hidden = translates ? [`${lan.four}.0/24`] : [];
  const laid = lay(cables, { first, families, hidden });
  const topology: Topology = {
    ...laid,
    settings: (machine) => [
      ...settingsOf(forwarding.has(machine)),
      ...(balanced && forwarding.has(machine)
        ? ['net.ipv4.fib_multipath_hash_policy=1', 'net.ipv6.fib_multipath_hash_policy=1']
        : []),
    ],
  };
  const ends = (towards: 'in' | 'out'): Partial<Record<Machine, string>> =>
    Object.fromEntries(
      cables
        .map(({ link }) => link)
        .filter(([a, , b]) =>
          towards === 'in' ? forwarding.has(b) : forwarding.has(a) && (forwarding.has(b) || b === 'server'),
        )
        .map(([a, ifa, b, ifb]) => (towards === 'in' ? [b, ifb] : [a, ifa])),
    );
  return {
    topology,
    routers,
    detour: balanced,
    families,
    translates,
    device,
    server,
    resolver: resolverOn === 'resolver' ? ownResolver : home,
    resolverOn,
    referenceResolver,
    reference,
    lan: { 4: `${lan.four}.0/24`, 6: '2001:db8:7::/64' },
    servers: { 4: '198.51.100.0/24', 6: '2001:db8:100::/64' },
    inward: ends('in'),
    outward: ends('out'),
  };
}

/** The cables from router to router; `shared` gives the first the addresses that providers share (RFC 6598). */
function between(routers: readonly Machine[], balanced: boolean, shared: boolean): Cable[] {
  const pairs: Link[] = routers
    .slice(1)
    .map((router, at): Link => [routers[at] ?? 'home', `to-${router}`, router, `from-${routers[at] ?? ''}`]);
  if (balanced) {
    pairs.push(['provider', 'to-detour', 'detour', 'from-provider'], ['detour', 'to-edge', 'edge', 'from-detour']);
  }
  return pairs.map((link, at) => {
    const net = at === 0 && shared ? '100.72.9' : '203.0.113';
    return {
      link,
      four: `${net}.${4 * at}/30`,
      six: `2001:db8:113:${at + 1}::/64`,
      a: { 4: `${net}.${4 * at + 1}`, 6: `2001:db8:113:${at + 1}::1` },
      b: { 4: `${net}.${4 * at + 2}`, 6: `2001:db8:113:${at + 1}::2` },
    };
  });
}

/** Every address of a machine: a router answers with that of the interface by which its answer leaves. */
/** Of two routers side by side both: which of them a connection takes, its ports decide. */
export function addressesOfPlace(network: Network, machine: Machine): string[] {
  const beside: Partial<Record<Machine, Machine>> = { transit: 'detour', detour: 'transit' };
  const other = beside[machine];
  return [...addressesOf(network, machine), ...(other === undefined ? [] : addressesOf(network, other))];
}

export function addressesOf(network: Network, machine: Machine): string[] {
  return (network.topology.addresses[machine] ?? []).map(([, address]) => address.replace(/\/\d+$/, ''));
}
