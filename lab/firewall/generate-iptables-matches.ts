import { address4, address6, devices, marks, networks4, networks6, ports } from './pools.js';
import type { Random } from './random.js';

export interface IptablesAround {
  readonly family: 4 | 6;
  readonly table: string;
  readonly chain: string;
  /** The rule's -p, chosen before its matches. */
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'any';
}

export interface IptablesMatch {
  readonly name: string;
  readonly open?: string;
  readonly make: (random: Random, around: IptablesAround) => string | undefined;
}

const not = (random: Random): string => (random.chance(0.35) ? '! ' : '');
const address = (random: Random, { family }: IptablesAround): string =>
  family === 4 ? address4(random) : address6(random);
const names = [...devices, 'lo', 'eth+', 'w+', 'nosuch0'] as const;
const states = ['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED', 'SNAT', 'DNAT'] as const;
const flags = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'] as const;
const types = ['LOCAL', 'UNICAST', 'BROADCAST', 'MULTICAST'] as const;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

function prefixed(random: Random, around: IptablesAround): string {
  const { family } = around;
  switch (random.below(4)) {
    case 0:
      return family === 4
        ? `${random.pick(networks4)}.${random.pick([0, 64, 128])}/26`
        : `${random.pick(networks6)}:/64`;
    case 1:
      return family === 4 ? `0.0.0.${random.pick([2, 3])}/0.0.0.7` : `::${random.pick([2, 3])}/::7`;
    default:
      return address(random, around);
  }
}

const ported =
  (make: (random: Random, protocol: string) => string) =>
  (random: Random, { protocol }: IptablesAround) =>
    protocol === 'tcp' || protocol === 'udp' ? make(random, protocol) : undefined;

function portRange(random: Random): string {
  const [a, b] = [random.pick(ports), random.pick(ports)].toSorted((x, y) => x - y);
  return random.pick([`${a}`, `${a}:${b}`, `:${b}`, `${a}:`]);
}

function multiport(random: Random): string {
  return [...new Set([random.pick(ports), random.pick(ports), '1023:1024', '7000:9000'])]
    .slice(0, 1 + random.below(4))
    .join(',');
}

const onOutput = ({ chain }: IptablesAround): boolean => chain === 'OUTPUT' || chain === 'POSTROUTING';
const value = (random: Random): string =>
  random.pick([`${random.pick(marks)}`, `${random.pick(marks)}/0xff`, '0x10/0x10', '0x0/0x1']);

export const iptablesMatches: readonly IptablesMatch[] = [
  { name: '-s', make: (random, around) => `${not(random)}-s ${prefixed(random, around)}` },
  { name: '-d', make: (random, around) => `${not(random)}-d ${prefixed(random, around)}` },
  {
    name: '-i',
    make: (random, { chain }) =>
      chain === 'OUTPUT' || chain === 'POSTROUTING' ? undefined : `${not(random)}-i ${random.pick(names)}`,
  },
  {
    name: '-o',
    make: (random, { chain }) =>
      chain === 'INPUT' || chain === 'PREROUTING' ? undefined : `${not(random)}-o ${random.pick(names)}`,
  },
  { name: 'sport', make: ported((random, protocol) => `-m ${protocol} ${not(random)}--sport ${portRange(random)}`) },
  { name: 'dport', make: ported((random, protocol) => `-m ${protocol} ${not(random)}--dport ${portRange(random)}`) },
  { name: 'multiport dports', make: ported((random) => `-m multiport ${not(random)}--dports ${multiport(random)}`) },
  { name: 'multiport sports', make: ported((random) => `-m multiport ${not(random)}--sports ${multiport(random)}`) },
  { name: 'multiport ports', make: ported((random) => `-m multiport ${not(random)}--ports ${multiport(random)}`) },
  {
    name: 'tcp flags',
    make: (random, { protocol }) => {
      if (protocol !== 'tcp') return undefined;
      const mask = random.some(flags, 4);
      return `-m tcp ${not(random)}--tcp-flags ${mask.join(',')} ${random.chance(0.3) ? 'NONE' : random.some(mask, 2).join(',')}`;
    },
  },
  { name: 'tcp syn', make: (random, { protocol }) => (protocol === 'tcp' ? `-m tcp ${not(random)}--syn` : undefined) },
  {
    name: 'icmp type',
    make: (random, { protocol, family }) => {
      if (protocol !== 'icmp') return undefined;
      return family === 4
        ? `-m icmp ${not(random)}--icmp-type ${random.pick(['8', 'echo-reply', '3/1', '3', 'port-unreachable', 'any'])}`
        : `-m icmp6 ${not(random)}--icmpv6-type ${random.pick(['128', 'echo-reply', '1/1', '1', 'port-unreachable'])}`;
    },
  },
  { name: 'ctstate', make: (random) => `-m conntrack ${not(random)}--ctstate ${random.some(states, 3).join(',')}` },
  { name: 'state', make: (random) => `-m state ${not(random)}--state ${random.some(states.slice(0, 4), 3).join(',')}` },
  {
    name: 'ctstatus',
    make: (random) =>
      `-m conntrack ${not(random)}--ctstatus ${random.pick(['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED,SEEN_REPLY'])}`,
  },
  { name: 'ctdir', make: (random) => `-m conntrack --ctdir ${random.pick(['ORIGINAL', 'REPLY'])}` },
  { name: 'ctproto', make: (random) => `-m conntrack ${not(random)}--ctproto ${random.pick(['6', '17', '1', '58'])}` },
  {
    name: 'ctorigsrc',
    make: (random, around) =>
      `-m conntrack ${not(random)}--ctorigsrc ${prefixed(random, around).replace('/0.0.0.7', '').replace('/::7', '')}`,
  },
  {
    name: 'ctorigdst',
    make: (random, around) => `-m conntrack --ctstate NEW ${not(random)}--ctorigdst ${address(random, around)}`,
  },
  {
    name: 'ctorigdstport',
    make: ported(
      (random) =>
        `-m conntrack --ctproto ${random.pick(['6', '17'])} ${not(random)}--ctorigdstport ${random.pick(ports)}`,
    ),
  },
  { name: 'mark', make: (random) => `-m mark ${not(random)}--mark ${value(random)}` },
  { name: 'connmark', make: (random) => `-m connmark ${not(random)}--mark ${value(random)}` },
  {
    name: 'owner uid',
    make: (random, around) =>
      onOutput(around)
        ? `-m owner ${not(random)}--uid-owner ${random.pick(['0', '1000', '0-500', '1-1000'])}`
        : undefined,
  },
  {
    name: 'owner gid',
    make: (random, around) =>
      onOutput(around)
        ? `-m owner ${not(random)}--gid-owner ${random.pick(['0', '1000', '0-500'])} ${not(random)}--uid-owner 0`
        : undefined,
  },
  {
    name: 'pkttype',
    make: (random) => `-m pkttype ${not(random)}--pkt-type ${random.pick(['unicast', 'broadcast', 'multicast'])}`,
  },
  { name: 'addrtype dst', make: (random) => `-m addrtype ${not(random)}--dst-type ${random.some(types, 2).join(',')}` },
  { name: 'addrtype src', make: (random) => `-m addrtype ${not(random)}--src-type ${random.some(types, 2).join(',')}` },
  {
    name: 'iprange src',
    make: (random, { family }) =>
      `-m iprange ${not(random)}--src-range ${family === 4 ? '192.0.2.2-192.0.2.8' : `${networks6[0]}:2-${networks6[0]}:40`}`,
  },
  {
    name: 'iprange dst',
    make: (random, { family }) =>
      `-m iprange ${not(random)}--dst-range ${family === 4 ? '198.51.100.1-203.0.113.7' : `${networks6[1]}:1-${networks6[2]}:7`}`,
  },
  {
    name: 'length',
    make: (random) => `-m length ${not(random)}--length ${random.pick(['40', '28:60', ':100', '100:'])}`,
  },
  {
    name: 'ttl',
    make: (random, { family }) => {
      const how = random.pick(['eq 64', 'lt 64', 'gt 63', 'eq 2']);
      const text =
        family === 4
          ? `-m ttl ${how.startsWith('eq') ? not(random) : ''}--ttl-${how}`
          : `-m hl ${how.startsWith('eq') ? not(random) : ''}--hl-${how}`;
      return text;
    },
  },
  {
    name: 'dscp',
    make: (random) => `-m dscp ${not(random)}${random.pick(['--dscp 0x08', '--dscp-class EF', '--dscp-class CS0'])}`,
  },
  {
    name: 'tos',
    make: (random) => `-m tos ${not(random)}--tos ${random.pick(['0x20/0xff', '0xb8/0xfc', '0x01/0x03', '0x28'])}`,
  },
  {
    name: 'ecn',
    make: (random, { protocol, family }) =>
      protocol === 'tcp' && random.chance(0.5)
        ? `-m ecn ${not(random)}${random.pick(['--ecn-tcp-ece', '--ecn-tcp-cwr'])}`
        : family === 4 || family === 6
          ? `-m ecn ${not(random)}--ecn-ip-ect ${random.pick([0, 1, 2, 3])}`
          : undefined,
  },
  {
    name: 'set ip',
    make: (random, { family }) => `-m set ${not(random)}--match-set ip${family} ${random.pick(['src', 'dst'])}`,
  },
  {
    name: 'set net',
    make: (random, { family }) => `-m set ${not(random)}--match-set net${family} ${random.pick(['src', 'dst'])}`,
  },
  {
    name: 'set ip,port',
    make: (random, { family }) =>
      `-m set ${not(random)}--match-set ipport${family} ${random.pick(['src,dst', 'dst,dst', 'src,src', 'src'])}`,
  },
  {
    name: 'set net,iface',
    make: (random, { family, chain }) =>
      chain === 'PREROUTING' || chain === 'INPUT' || chain === 'FORWARD'
        ? `-m set ${not(random)}--match-set netiface${family} src,src`
        : undefined,
  },
  {
    name: 'set net,port',
    make: (random, { family }) =>
      `-m set ${not(random)}--match-set netport${family} ${random.pick(['src,dst', 'dst,dst'])}`,
  },
  {
    name: 'set ip,port,net',
    make: (random, { family }) =>
      `-m set ${not(random)}--match-set ipportnet${family} ${random.pick(['src,dst,dst', 'dst,dst,src', 'src,src,dst'])}`,
  },
  {
    name: 'set ip,port,ip',
    make: (random, { family }) =>
      `-m set ${not(random)}--match-set ipportip${family} ${random.pick(['src,dst,dst', 'dst,dst,src'])}`,
  },
  {
    name: 'set bitmap',
    make: (random, { family }) =>
      family === 4 ? `-m set ${not(random)}--match-set bits ${random.pick(['src', 'dst'])}` : undefined,
  },
  { name: 'set port', make: (random) => `-m set ${not(random)}--match-set port ${random.pick(['src', 'dst'])}` },
  {
    name: 'set list',
    make: (random, { family }) => `-m set ${not(random)}--match-set list${family} ${random.pick(['src', 'dst'])}`,
  },
  {
    name: 'time',
    make: (random) =>
      `-m time ${random.pick(['--timestart 06:00 --timestop 18:00', '--timestart 18:00 --timestop 06:00', `--weekdays ${random.some(weekdays, 4).join(',')}`, `! --weekdays ${random.some(weekdays, 3).join(',')}`, '--monthdays 1,2,3,27,28', '--datestart 2020-01-01'])}`,
  },
  {
    name: 'rpfilter',
    make: (random, { chain, table }) =>
      chain === 'PREROUTING' && (table === 'raw' || table === 'mangle')
        ? `-m rpfilter${random.chance(0.5) ? ' --invert' : ''}`
        : undefined,
  },
  { name: 'helper', make: (random) => `-m helper ${not(random)}--helper ftp` },
  {
    name: 'comment',
    make: (random) => `-m comment --comment "${random.pick(['plain', 'with \\"quotes\\" -j DROP', '! -s 192.0.2.1'])}"`,
  },
  { name: 'fragment', make: (random, { family }) => (family === 4 ? `${not(random)}-f` : undefined) },
  {
    name: 'extension header',
    make: (random, { family }) =>
      family === 6 ? random.pick(['-m rt --rt-type 0', '-m frag --fragfirst', '-m hbh']) : undefined,
  },
  { name: 'recent set', make: () => '-m recent --set --name seen' },
  {
    name: 'mac',
    make: (random, { chain }) =>
      chain === 'PREROUTING' || chain === 'INPUT' || chain === 'FORWARD'
        ? `-m mac ${not(random)}--mac-source 00:11:22:33:44:55`
        : undefined,
  },
  { name: 'limit', open: 'limit', make: () => '-m limit --limit 1/min --limit-burst 2' },
  {
    name: 'statistic',
    open: 'statistic',
    make: (random) => `-m statistic --mode ${random.pick(['random --probability 0.5', 'nth --every 2 --packet 0'])}`,
  },
  { name: 'quota', open: 'quota', make: () => '-m quota --quota 200' },
  { name: 'recent', open: 'recent', make: () => '-m recent --rcheck --name seen' },
  { name: 'string', open: 'string', make: (random) => `-m string ${not(random)}--string aa --algo bm` },
  { name: 'u32', open: 'u32', make: () => '-m u32 --u32 "6&0xFF=0x6"' },
  { name: 'connlimit', open: 'connlimit', make: () => '-m connlimit --connlimit-above 2 --connlimit-mask 24' },
  {
    name: 'hashlimit',
    open: 'hashlimit',
    make: () => '-m hashlimit --hashlimit-upto 1/min --hashlimit-burst 2 --hashlimit-name h',
  },
  { name: 'cgroup', open: 'cgroup', make: (_, around) => (onOutput(around) ? '-m cgroup --cgroup 5' : undefined) },
];
