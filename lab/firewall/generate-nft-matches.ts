import { address4, address6, devices, marks, networks4, networks6, own4, own6, ports } from './pools.js';
import type { Random } from './random.js';

export interface Around {
  readonly family: 'ip' | 'ip6' | 'inet';
  readonly hook: string;
}

/** `open`: what the kernel decides by chance or by what came before. Undefined where the match cannot stand. */
export interface MatchKind {
  readonly name: string;
  readonly open?: string;
  readonly make: (random: Random, around: Around) => string | undefined;
}

const list = (values: readonly (string | number)[]): string => `{ ${values.join(', ')} }`;
const operators = ['', '!= '] as const;

function portValue(random: Random): string {
  const [a, b] = [random.pick(ports), random.pick(ports)].toSorted((x, y) => x - y);
  switch (random.below(6)) {
    case 0:
      return `${random.pick(operators)}${a}`;
    case 1:
      return a === b ? `${a}` : `${random.pick(operators)}${a}-${b}`;
    case 2:
      return `${random.pick(operators)}${list(random.some(ports, 4))}`;
    case 3:
      return `${random.pick(['< ', '<= '])}${b}`;
    case 4:
      return `${random.pick(['> ', '>= '])}${a}`;
    default:
      return a === b || b === 40_000 ? `${a}` : `${random.pick(operators)}${list([`${a}-${b}`, 40_000])}`;
  }
}

function value4(random: Random): string {
  const operator = random.pick(operators);
  switch (random.below(6)) {
    case 0:
      return operator + address4(random);
    case 1:
      return `${operator}${random.pick(networks4)}.${random.pick([0, 64, 128])}/${random.pick([26, 25])}`;
    case 2:
      return `${operator}${random.pick(networks4)}.2-${random.pick(networks4.slice(2))}.200`;
    case 3:
      return operator + list([...new Set([address4(random), address4(random)])]);
    case 4:
      return (
        operator +
        list([
          `${networks4[0]}.0/24`,
          `${networks4[1]}.3-${networks4[1]}.8`,
          address4(random).replace(/^192\.0\.2|^198\.51\.100/, networks4[2]),
        ])
      );
    default:
      return `& ${random.pick(['0.0.0.7', '255.0.0.3', '0.255.0.1'])} ${random.pick(['==', '!='])} ${random.pick(['0.0.0.2', '192.0.0.3', '0.51.0.0'])}`;
  }
}

function value6(random: Random): string {
  const operator = random.pick(operators);
  switch (random.below(4)) {
    case 0:
      return operator + address6(random);
    case 1:
      return `${operator}${random.pick(networks6)}:/${random.pick([48, 64])}`;
    case 2:
      return operator + list([...new Set([address6(random), address6(random)])]);
    default:
      return operator + list([`${networks6[0]}:/64`, `${networks6[1]}:2-${networks6[1]}:40`]);
  }
}

function markValue(random: Random): string {
  const value = random.pick(marks);
  switch (random.below(6)) {
    case 0:
      return `${random.pick(operators)}${value}`;
    case 1:
      return `& ${random.pick([0xff, 0x10, 0xff00])} ${random.pick(['==', '!='])} ${random.pick([0, 0x10, 1, 0x100])}`;
    case 2:
      return `${random.pick(operators)}${list(random.some(marks, 4))}`;
    case 3:
      return `${random.pick(['<', '>', '<=', '>='])} ${value}`;
    case 4:
      return `^ ${random.pick([1, 0x10])} ${random.pick(['==', '!='])} ${random.pick([0, 1, 0x11])}`;
    default:
      return `${random.pick(operators)}${value}-${value + random.pick([1, 0xff])}`;
  }
}

const v4 =
  (make: (random: Random) => string) =>
  (random: Random, { family }: Around) =>
    family === 'ip6' ? undefined : make(random);
const v6 =
  (make: (random: Random) => string) =>
  (random: Random, { family }: Around) =>
    family === 'ip' ? undefined : make(random);
const ifaces = ['eth0', 'eth1', 'wan0', 'lo', '"eth*"', '"w*"', 'nosuch0'] as const;
const states = ['new', 'established', 'related', 'invalid', 'untracked'] as const;
const flagNames = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ecn', 'cwr'] as const;
const types = ['local', 'unicast', 'broadcast', 'multicast'] as const;

function flagsValue(random: Random): string {
  const some = random.some(flagNames, 3);
  const mask = [...new Set([...some, ...random.some(flagNames, 2)])];
  switch (random.below(7)) {
    case 0:
      return some.join(',');
    case 1:
      return `! ${some.join(',')}`;
    case 2:
      return `== ${some.join(' | ')}`;
    case 3:
      return `!= ${some.join(' | ')}`;
    case 4:
      return `& (${mask.join(' | ')}) ${random.pick(['==', '!='])} ${some.join(' | ')}`;
    case 5:
      return `${random.pick(operators)}${list([...new Set([random.pick(flagNames), 'syn | ack', 'syn', 'ack'])])}`;
    default:
      return `& ${random.pick(flagNames)} ${random.pick(['==', '!='])} 0`;
  }
}

function stateValue(random: Random): string {
  const some = random.some(states, 3);
  switch (random.below(5)) {
    case 0:
      return some.join(',');
    case 1:
      return `! ${some.join(',')}`;
    case 2:
      return `!= ${some[0] ?? 'new'}`;
    case 3:
      return `${random.pick(operators)}${list(some)}`;
    default:
      return `== ${some[0] ?? 'new'}`;
  }
}

function concatenation(random: Random, around: Around): string {
  const is6 = around.family === 'ip6' || (around.family === 'inet' && random.chance(0.3));
  const address = is6 ? 'ip6 saddr' : 'ip saddr';
  const pick = (): string => (is6 ? address6(random) : address4(random));
  const transport = random.pick(['tcp dport', 'udp dport', 'th dport']);
  switch (random.below(4)) {
    case 0:
      return `${address} . ${transport} ${random.pick(operators)}{ ${pick()} . ${random.pick(ports)}, ${pick()} . 9999 }`;
    case 1:
      return `iifname . meta l4proto ${random.pick(operators)}{ eth0 . tcp, eth1 . udp, ${random.pick(devices)} . 132 }`;
    case 2:
      return is6
        ? `${address} . ${transport} { ${networks6[0]}:/64 . 1-1023, ${networks6[1]}:2-${networks6[1]}:9 . 40000 }`
        : `${address} . ${transport} { ${networks4[0]}.0/24 . 1-1023, ${networks4[1]}.2-${networks4[1]}.9 . 40000 }`;
    default:
      return `meta mark . ${transport} { 0 . ${random.pick(ports)}, ${random.pick(marks.slice(1))} . 1-65535 }`;
  }
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** One for each match that the decision claims to know, and those that nobody can know. All weigh the same. */
export const matchKinds: readonly MatchKind[] = [
  {
    name: 'nfproto',
    make: (random, { family }) =>
      family === 'inet' ? `meta nfproto ${random.pick(operators)}${random.pick(['ipv4', 'ipv6'])}` : undefined,
  },
  {
    name: 'l4proto',
    make: (random) =>
      `meta l4proto ${random.pick(operators)}${random.pick(['tcp', 'udp', 'icmp', 'ipv6-icmp', '{ tcp, udp }', '{ icmp, ipv6-icmp }', '6-17'])}`,
  },
  {
    name: 'ip protocol',
    make: v4((random) => `ip protocol ${random.pick(operators)}${random.pick(['tcp', 'udp', 'icmp', '{ tcp, udp }'])}`),
  },
  {
    name: 'ip6 nexthdr',
    make: v6((random) => `ip6 nexthdr ${random.pick(operators)}${random.pick(['tcp', 'udp', 'ipv6-icmp'])}`),
  },
  {
    name: 'meta protocol',
    make: (random, { family }) =>
      family === 'inet' ? `meta protocol ${random.pick(operators)}${random.pick(['ip', 'ip6'])}` : undefined,
  },
  { name: 'ip saddr', make: v4((random) => `ip saddr ${value4(random)}`) },
  { name: 'ip daddr', make: v4((random) => `ip daddr ${value4(random)}`) },
  { name: 'ip6 saddr', make: v6((random) => `ip6 saddr ${value6(random)}`) },
  { name: 'ip6 daddr', make: v6((random) => `ip6 daddr ${value6(random)}`) },
  { name: 'tcp sport', make: (random) => `tcp sport ${portValue(random)}` },
  { name: 'tcp dport', make: (random) => `tcp dport ${portValue(random)}` },
  { name: 'udp sport', make: (random) => `udp sport ${portValue(random)}` },
  { name: 'udp dport', make: (random) => `udp dport ${portValue(random)}` },
  {
    name: 'th dport',
    make: (random) => `meta l4proto { tcp, udp } th ${random.pick(['sport', 'dport'])} ${portValue(random)}`,
  },
  {
    name: 'th bare',
    make: (random) =>
      `@th,${random.pick([0, 16])},16 ${random.pick(operators)}${random.pick([...ports, 0x0800, 0x8000])}`,
  },
  { name: 'tcp flags', make: (random) => `tcp flags ${flagsValue(random)}` },
  {
    name: 'icmp type',
    make: v4(
      (random) =>
        `icmp type ${random.pick(operators)}${random.pick(['echo-request', 'echo-reply', '{ echo-request, destination-unreachable }', '3-11'])}`,
    ),
  },
  {
    name: 'icmp code',
    make: v4((random) => `icmp code ${random.pick(operators)}${random.pick(['0', '1', '{ 1, 3 }'])}`),
  },
  {
    name: 'icmpv6 type',
    make: v6(
      (random) =>
        `icmpv6 type ${random.pick(operators)}${random.pick(['echo-request', 'echo-reply', '{ echo-request, destination-unreachable }', '1-4'])}`,
    ),
  },
  { name: 'ct state', make: (random) => `ct state ${stateValue(random)}` },
  {
    name: 'ct status',
    make: (random) => `ct status ${random.pick(['dnat', 'snat', 'snat,dnat', 'expected', 'seen-reply', '! dnat'])}`,
  },
  {
    name: 'ct direction',
    make: (random) => `ct direction ${random.pick(operators)}${random.pick(['original', 'reply'])}`,
  },
  { name: 'ct mark', make: (random) => `ct mark ${markValue(random)}` },
  {
    name: 'ct original',
    make: v4(
      (random) => `ct original ip ${random.pick(['saddr', 'daddr'])} ${random.pick(operators)}${address4(random)}`,
    ),
  },
  { name: 'mark', make: (random) => `meta mark ${markValue(random)}` },
  {
    name: 'iifname',
    make: (random) =>
      `iifname ${random.pick(operators)}${random.chance(0.7) ? random.pick(ifaces) : list(random.some(ifaces, 3))}`,
  },
  {
    name: 'oifname',
    make: (random) =>
      `oifname ${random.pick(operators)}${random.chance(0.7) ? random.pick(ifaces) : list(random.some(ifaces, 3))}`,
  },
  { name: 'iif', make: (random) => `iif ${random.pick(operators)}${random.pick(['eth0', 'eth1', 'lo'])}` },
  { name: 'oif', make: (random) => `oif ${random.pick(operators)}${random.pick(['eth0', 'eth1', 'lo'])}` },
  {
    name: 'skuid',
    // What a TUN device hands in belongs to its program's socket until ip_rcv.
    make: (random, { hook }) =>
      hook === 'ingress'
        ? undefined
        : `meta skuid ${random.pick(operators)}${random.pick(['0', '1000', '{ 0, 5 }', '1-1000', '> 0', '< 1'].filter((_, i) => i < 4))}`,
  },
  {
    name: 'skgid',
    make: (random, { hook }) =>
      hook === 'ingress' ? undefined : `meta skgid ${random.pick(operators)}${random.pick(['0', '1000', '{ 0, 5 }'])}`,
  },
  {
    name: 'pkttype',
    make: (random) =>
      `meta pkttype ${random.pick(operators)}${random.pick(['host', 'broadcast', '{ host, multicast }'])}`,
  },
  {
    name: 'fib daddr type',
    make: (random) =>
      `fib daddr type ${random.pick(operators)}${random.chance(0.6) ? random.pick(types) : list(random.some(types, 3))}`,
  },
  { name: 'fib saddr type', make: (random) => `fib saddr type ${random.pick(operators)}${random.pick(types)}` },
  {
    name: 'fib oif',
    make: (random, { hook }) =>
      ['prerouting', 'input', 'forward'].includes(hook)
        ? `fib saddr . iif oif ${random.pick(['missing', 'exists'])}`
        : undefined,
  },
  {
    name: 'meta length',
    make: (random) =>
      `meta length ${random.pick(['40', '60', '> 100', '< 100', '!= 28', '40-150', '{ 28, 40-60, 140 }'])}`,
  },
  { name: 'ip length', make: v4((random) => `ip length ${random.pick(['40', '> 100', '<= 60', '28-48', '!= 40'])}`) },
  { name: 'ip6 length', make: v6((random) => `ip6 length ${random.pick(['20', '> 100', '<= 30', '8-28', '!= 20'])}`) },
  {
    name: 'ip ttl',
    make: v4((random) => `ip ttl ${random.pick(['64', '> 63', '< 64', '!= 255', '{ 2, 63 }', '1-64'])}`),
  },
  {
    name: 'hoplimit',
    make: v6((random) => `ip6 hoplimit ${random.pick(['64', '> 63', '< 64', '!= 255', '{ 2, 63 }'])}`),
  },
  {
    name: 'ip dscp',
    make: v4((random) => `ip dscp ${random.pick(operators)}${random.pick(['cs1', 'af11', 'ef', '0', '{ cs1, ef }'])}`),
  },
  {
    name: 'ip6 dscp',
    make: v6((random) => `ip6 dscp ${random.pick(operators)}${random.pick(['cs1', 'af11', 'ef', '0'])}`),
  },
  { name: 'ip ecn', make: v4((random) => `ip ecn ${random.pick(operators)}${random.pick(['ce', 'ect0', 'not-ect'])}`) },
  { name: 'concatenation', make: concatenation },
  {
    name: 'tcp window',
    make: (random) => `tcp window ${random.pick(['1024', '!= 1024', '> 1000', '{ 512, 1024 }', '2000-3000'])}`,
  },
  { name: 'tcp sequence', make: (random) => `tcp sequence ${random.pick(['1000', '!= 1000', '0-999'])}` },
  { name: 'tcp doff', make: (random) => `tcp doff ${random.pick(['5', '> 5', '!= 5'])}` },
  { name: 'udp length', make: (random) => `udp length ${random.pick(['8', '> 50', '!= 18', '{ 8, 108 }'])}` },
  { name: 'icmp id', make: v4((random) => `icmp id ${random.pick(operators)}${random.pick(ports)}`) },
  { name: 'icmpv6 id', make: v6((random) => `icmpv6 id ${random.pick(operators)}${random.pick(ports)}`) },
  { name: 'ip hdrlength', make: v4((random) => `ip hdrlength ${random.pick(['5', '!= 5', '> 4'])}`) },
  { name: 'ip version', make: v4((random) => `ip version ${random.pick(['4', '!= 4'])}`) },
  { name: 'ip6 flowlabel', make: v6((random) => `ip6 flowlabel ${random.pick(['0', '!= 0', '1-9'])}`) },
  { name: 'ct helper', make: (random) => `ct helper ${random.pick(operators)}"ftp"` },
  {
    name: 'ct original port',
    make: (random) => `meta l4proto { tcp, udp } ct original proto-${random.pick(['src', 'dst'])} ${portValue(random)}`,
  },
  {
    name: 'iiftype',
    make: (random) => `meta iiftype ${random.pick(operators)}${random.pick(['loopback', '65534'])}`,
  },
  {
    name: 'fib mark type',
    make: (random) =>
      `fib ${random.pick(['saddr', 'daddr'])} . mark type ${random.pick(operators)}${random.pick(types)}`,
  },
  {
    name: 'fib daddr iif type',
    make: (random, { hook }) =>
      ['prerouting', 'input', 'forward'].includes(hook)
        ? `fib daddr . iif type ${random.pick(operators)}${random.pick(['local', 'unicast'])}`
        : undefined,
  },
  {
    name: 'named vmap of ports',
    make: (random) => `${random.pick(['tcp', 'udp'])} dport vmap @ports_to`,
  },
  {
    name: 'named vmap of pairs',
    make: v4((random) => `ip ${random.pick(['saddr', 'daddr'])} . tcp dport vmap @pairs_to`),
  },
  {
    name: 'named set',
    make: (random, { family }) =>
      family === 'ip6'
        ? `ip6 saddr ${random.pick(operators)}@six`
        : `ip ${random.pick(['saddr', 'daddr'])} ${random.pick(operators)}@four`,
  },
  {
    name: 'named set of ports',
    make: (random) => `${random.pick(['tcp', 'udp'])} dport ${random.pick(operators)}@services`,
  },
  {
    name: 'named set of names',
    make: (random) => `${random.pick(['iifname', 'oifname'])} ${random.pick(operators)}@names`,
  },
  {
    name: 'named concatenation',
    make: v4((random) => `ip saddr . meta l4proto . th dport ${random.pick(operators)}@tuples`),
  },
  {
    name: 'header bits',
    make: v4((random) =>
      random.pick(['@nh,72,8 6', '@nh,72,8 17', '@nh,64,8 64', '@nh,96,32 0xc0000202', '@nh,0,4 4']),
    ),
  },
  {
    name: 'ip own',
    make: (random, { family }) =>
      family === 'ip6' ? `ip6 daddr { ${own6.join(', ')} }` : `ip daddr { ${own4.join(', ')} }`,
  },
  {
    name: 'extension header',
    make: v6((random) => `exthdr ${random.pick(['hbh', 'rt', 'frag'])} ${random.pick(['exists', 'missing'])}`),
  },
  { name: 'fragment', make: v4((random) => `ip frag-off & 0x1fff ${random.pick(['==', '!='])} 0`) },
  {
    name: 'day',
    make: (random) =>
      `meta day ${random.pick(operators)}${random.chance(0.5) ? random.pick(weekdays) : list(random.some(weekdays, 4))}`,
  },
  {
    name: 'hour',
    make: (random) =>
      `meta hour ${random.pick(['', '!= '])}"${random.pick(['00:00', '06:00'])}"-"${random.pick(['12:00', '23:00'])}"`,
  },
  {
    name: 'limit',
    open: 'limit',
    make: (random) => `limit rate ${random.pick(['', 'over '])}${random.pick([1, 10])}/minute`,
  },
  {
    name: 'numgen',
    open: 'numgen',
    make: (random) => `numgen ${random.pick(['random', 'inc'])} mod 4 ${random.pick(['0', '< 2', '!= 1'])}`,
  },
  { name: 'random', open: 'random', make: (random) => `meta random ${random.pick(['<', '>'])} 2147483648` },
  {
    name: 'quota',
    open: 'quota',
    make: (random) => `quota ${random.pick(['', 'over '])}${random.pick([50, 500])} bytes`,
  },
  { name: 'ct count', open: 'ct count', make: (random) => `ct count ${random.pick(['', 'over '])}2` },
  { name: 'jhash', open: 'jhash', make: v4((random) => `jhash ip saddr mod 2 ${random.pick([0, 1])}`) },
  {
    name: 'tcp option',
    open: 'tcp option',
    make: (random) => `tcp option maxseg ${random.pick(['exists', 'missing'])}`,
  },
];
