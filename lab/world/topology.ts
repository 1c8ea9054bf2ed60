// The small internet, as data. Documentation addresses only (RFC 5737, RFC 3849), besides the home network's.
//
//   device ── home ── provider ── edge ── server
//                        ├── resolver     the provider's own
//                        └── reference    a public resolver and a host that is always well

export const MACHINES = ['device', 'home', 'provider', 'edge', 'server', 'resolver', 'reference'] as const;
type UsualMachine = (typeof MACHINES)[number];
/** Further devices of the home network, which are there only where a scenario puts them (`neighbour` in steps.ts). */
const GUESTS = ['twin', 'other'] as const;
export type Guest = (typeof GUESTS)[number];
/** Two more routers stand in the worlds of hunts (`lab/hunt/`). */
export type Machine = UsualMachine | 'transit' | 'detour' | Guest;

/** Which machines there are, what joins them, and how they are set. */
export interface Topology {
  readonly machines: readonly Machine[];
  readonly links: readonly Link[];
  readonly addresses: Partial<Record<Machine, readonly (readonly [string, string])[]>>;
  readonly routes: Partial<Record<Machine, readonly string[]>>;
  readonly settings: (machine: Machine) => readonly string[];
}

/** Addresses that scenarios speak of. */
export const ADDRESS = {
  device: '192.168.7.20',
  device6: '2001:db8:7::20',
  home: '192.168.7.1',
  home6: '2001:db8:7::1',
  provider: '203.0.113.1',
  provider6: '2001:db8:113:1::1',
  edge: '203.0.113.9',
  edge6: '2001:db8:113:9::9',
  server: '198.51.100.10',
  server6: '2001:db8:100::10',
  resolver: '203.0.113.53',
  resolver6: '2001:db8:113:53::53',
  referenceResolver: '192.0.2.53',
  referenceResolver6: '2001:db8:192::53',
  reference: '192.0.2.80',
  reference6: '2001:db8:192::80',
} as const;

/** A cable: two ends, each a machine and the interface's name there. */
export type Link = readonly [Machine, string, Machine, string];

const LINKS: readonly Link[] = [
  ['device', 'eth0', 'home', 'lan'],
  ['home', 'wan', 'provider', 'access'],
  ['provider', 'core', 'edge', 'uplink'],
  ['edge', 'servers', 'server', 'eth0'],
  ['provider', 'dns', 'resolver', 'eth0'],
  ['provider', 'ix', 'reference', 'eth0'],
];

/** Interface addresses of each machine; IPv6 ones are added with nodad. */
const ADDRESSES: Record<UsualMachine, readonly (readonly [string, string])[]> = {
  device: [
    ['eth0', '192.168.7.20/24'],
    ['eth0', '2001:db8:7::20/64'],
  ],
  home: [
    ['lan', '192.168.7.1/24'],
    ['lan', '2001:db8:7::1/64'],
    ['wan', '203.0.113.2/30'],
    ['wan', '2001:db8:113:1::2/64'],
  ],
  provider: [
    ['access', '203.0.113.1/30'],
    ['access', '2001:db8:113:1::1/64'],
    ['core', '203.0.113.10/30'],
    ['core', '2001:db8:113:9::1/64'],
    ['dns', '203.0.113.49/28'],
    ['dns', '2001:db8:113:53::1/64'],
    ['ix', '192.0.2.1/24'],
    ['ix', '2001:db8:192::1/64'],
  ],
  edge: [
    ['uplink', '203.0.113.9/30'],
    ['uplink', '2001:db8:113:9::9/64'],
    ['servers', '198.51.100.1/24'],
    ['servers', '2001:db8:100::1/64'],
  ],
  server: [
    ['eth0', '198.51.100.10/24'],
    ['eth0', '2001:db8:100::10/64'],
  ],
  resolver: [
    ['eth0', '203.0.113.53/28'],
    ['eth0', '2001:db8:113:53::53/64'],
  ],
  reference: [
    ['eth0', '192.0.2.53/24'],
    ['eth0', '192.0.2.80/24'],
    ['eth0', '2001:db8:192::53/64'],
    ['eth0', '2001:db8:192::80/64'],
  ],
};

/** Routes beside those that the addresses bring. */
const ROUTES: Record<UsualMachine, readonly string[]> = {
  device: ['default via 192.168.7.1', 'default via 2001:db8:7::1'],
  home: ['default via 203.0.113.1', 'default via 2001:db8:113:1::1'],
  provider: [
    '192.168.7.0/24 via 203.0.113.2',
    '2001:db8:7::/64 via 2001:db8:113:1::2',
    '198.51.100.0/24 via 203.0.113.9',
    '2001:db8:100::/64 via 2001:db8:113:9::9',
  ],
  edge: ['default via 203.0.113.10', 'default via 2001:db8:113:9::1'],
  server: ['default via 198.51.100.1', 'default via 2001:db8:100::1'],
  resolver: ['default via 203.0.113.49', 'default via 2001:db8:113:53::1'],
  reference: ['default via 192.0.2.1', 'default via 2001:db8:192::1'],
};

/** Kernel settings of a machine. The rate limits would turn a lab's rejects into silence; DAD costs a second. */
export function settingsOf(forwards: boolean): readonly string[] {
  const common = [
    'net.ipv6.conf.all.accept_dad=0',
    'net.ipv6.conf.default.accept_dad=0',
    'net.ipv4.icmp_ratelimit=0',
    'net.ipv6.icmp.ratelimit=0',
    'net.ipv4.ping_group_range=0 2147483647', // as systemd sets it on every common distribution
  ];
  // A new namespace takes over whether the machine that runs the lab passes packets on (devconf_inherit_init_net).
  const forwarding = Number(forwards);
  return [...common, `net.ipv4.ip_forward=${forwarding}`, `net.ipv6.conf.all.forwarding=${forwarding}`];
}

const ROUTERS: readonly Machine[] = ['home', 'provider', 'edge'];

/** The small internet of the scenarios. */
export const USUAL: Topology = {
  machines: MACHINES,
  links: LINKS,
  addresses: ADDRESSES,
  routes: ROUTES,
  settings: (machine) => settingsOf(ROUTERS.includes(machine)),
};
