import type { Generated } from './generate-nft.js';
import { type IptablesAround, iptablesMatches } from './generate-iptables-matches.js';
import { address4, address6, marks, networks4, networks6, own4, own6, ports } from './pools.js';
import type { Random } from './random.js';

const chainsOf = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
} as const;

interface Build {
  readonly random: Random;
  readonly family: 4 | 6;
  readonly mayBeOpen: boolean;
  readonly open: Set<string>;
}

function conditions(
  build: Build,
  table: string,
  chain: string,
): { readonly text: string; readonly protocol: IptablesAround['protocol'] } {
  const { random, family } = build;
  const protocol = random.pick(['tcp', 'udp', 'icmp', 'any', 'any'] as const);
  const around: IptablesAround = { family, table, chain, protocol };
  const out: string[] = [];
  if (protocol === 'any') {
    if (random.chance(0.1)) out.push('! -p tcp');
  } else out.push(`-p ${protocol === 'icmp' && family === 6 ? 'ipv6-icmp' : protocol}`);
  const count = random.pick([0, 1, 1, 1, 2, 2]);
  const used = new Set<string>();
  for (let tries = 0, made = 0; made < count && tries < 60; tries++) {
    const kind = random.pick(iptablesMatches);
    const key = kind.name.split(' ')[0] ?? '';
    if ((kind.open !== undefined && !build.mayBeOpen) || used.has(key)) continue;
    const text = kind.make(random, around);
    if (text === undefined) continue;
    if (kind.open !== undefined) build.open.add(kind.open);
    used.add(key);
    out.push(text);
    made++;
  }
  return { text: out.join(' '), protocol };
}

function target(build: Build, table: string, chain: string, below: readonly string[], protocol: string): string {
  const { random, family } = build;
  const jump = below.length === 0 ? 'RETURN' : random.pick(below);
  if (table === 'nat' && random.chance(0.6)) return translation(build, chain, protocol);
  switch (random.below(10)) {
    case 0:
    case 1:
      return '-j ACCEPT';
    case 2:
      return table === 'nat' ? '-j ACCEPT' : '-j DROP';
    case 3:
      if (table !== 'filter') return table === 'nat' ? '-j RETURN' : '-j DROP';
      return protocol === 'tcp' && random.chance(0.5)
        ? '-j REJECT --reject-with tcp-reset'
        : `-j REJECT --reject-with ${family === 4 ? random.pick(['icmp-port-unreachable', 'icmp-admin-prohibited']) : random.pick(['icmp6-port-unreachable', 'icmp6-adm-prohibited'])}`;
    case 4:
      return '-j RETURN';
    case 5:
      return `-j ${jump}`;
    case 6:
      return jump === 'RETURN' ? '-j RETURN' : `-g ${jump}`;
    case 7:
      return table === 'raw'
        ? random.pick(['-j NOTRACK', '-j CT --notrack'])
        : table === 'mangle'
          ? marking(random)
          : '';
    case 8:
      return table === 'mangle'
        ? random.pick([
            marking(random),
            '-j DSCP --set-dscp 0x2e',
            family === 4 ? '-j TTL --ttl-set 63' : '-j HL --hl-set 63',
          ])
        : '-j LOG --log-prefix "a b"';
    default:
      return '';
  }
}

function marking(random: Random): string {
  return random.pick([
    `-j MARK --set-mark ${random.pick(marks)}`,
    '-j MARK --set-xmark 0x10/0x10',
    '-j MARK --or-mark 0x1',
    '-j MARK --and-mark 0xff',
    '-j MARK --xor-mark 0x11',
    `-j CONNMARK --set-mark ${random.pick(marks)}`,
    '-j CONNMARK --save-mark',
    '-j CONNMARK --restore-mark',
    '-j CONNMARK --save-mark --mask 0xff',
    '-j CONNMARK --restore-mark --nfmask 0xf0 --ctmask 0xff',
  ]);
}

function translation(build: Build, chain: string, protocol: string): string {
  const { random, family } = build;
  const own = family === 4 ? random.pick(own4) : random.pick(own6);
  const other = family === 4 ? address4(random) : address6(random);
  const host = random.chance(0.5) ? own : other;
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  const withPort = (address: string): string =>
    !hasPorts || random.chance(0.5)
      ? address
      : family === 4
        ? `${address}:${random.pick(ports)}`
        : `[${address}]:${random.pick(ports)}`;
  if (chain === 'POSTROUTING') return random.chance(0.5) ? '-j MASQUERADE' : `-j SNAT --to-source ${own}`;
  if (chain === 'INPUT') return `-j SNAT --to-source ${other}`;
  switch (random.below(3)) {
    case 0:
      return hasPorts && random.chance(0.7) ? `-j REDIRECT --to-ports ${random.pick(ports)}` : '-j REDIRECT';
    case 1:
      return `-j NETMAP --to ${family === 4 ? `${random.pick(networks4)}.0/24` : `${random.pick(networks6)}:/64`}`;
    default:
      return `-j DNAT --to-destination ${withPort(host)}`;
  }
}

/** Tables of iptables-restore for one family. */
export function generateIptables(random: Random, family: 4 | 6, mayBeOpen: boolean): Generated {
  const build: Build = { random, family, mayBeOpen, open: new Set() };
  const lines: string[] = [];
  for (const table of random
    .some(['raw', 'mangle', 'nat', 'filter', 'filter'] as const, 3)
    .filter((one, i, all) => all.indexOf(one) === i)) {
    lines.push(`*${table}`);
    const chains = chainsOf[table];
    const below = new Map<string, string[]>();
    for (const chain of chains)
      lines.push(`:${chain} ${table === 'filter' && random.chance(0.3) ? 'DROP' : 'ACCEPT'} [0:0]`);
    const used = random.some(chains, 3);
    for (const chain of used) {
      const own = ['_a', '_b', '_c'].slice(0, random.below(4)).map((end) => `${chain}${end}`);
      below.set(chain, own);
      for (const name of own) lines.push(`:${name} - [0:0]`);
    }
    for (const [chain, own] of below) {
      for (const [i, name] of own.entries()) {
        for (let r = random.below(4); r > 0; r--) lines.push(rule(build, table, chain, name, own.slice(0, i)));
      }
      for (let r = 1 + random.below(6); r > 0; r--) lines.push(rule(build, table, chain, chain, own));
    }
    lines.push('COMMIT');
  }
  return { text: `${lines.join('\n')}\n`, open: [...build.open] };
}

function rule(build: Build, table: string, hook: string, chain: string, below: readonly string[]): string {
  const { text, protocol } = conditions(build, table, hook);
  return `-A ${chain} ${text} ${target(build, table, hook, below, protocol)}`.replaceAll(/ +/g, ' ').trim();
}

/** Sets that the rules refer to, made anew for each ruleset. */
export function generateIpsets(random: Random): string {
  const lines: string[] = [];
  for (const family of [4, 6] as const) {
    const kind = family === 4 ? 'inet' : 'inet6';
    const pick = (): string => (family === 4 ? address4(random) : address6(random));
    const wide = (): string => {
      if (random.chance(0.3)) return pick();
      const i = random.below(3);
      if (family === 4)
        return `${networks4[i]}.${random.pick([0, 0, 64])}/${random.pick([24, 25, 26])}`
          .replace('.64/24', '.0/24')
          .replace('.64/25', '.0/25');
      return `${networks6[i]}:/${random.pick([48, 64, 126])}`;
    };
    const network = (i: number): string => (family === 4 ? `${networks4[i]}.0/26` : `${networks6[i]}:/64`);
    lines.push(
      `create ip${family} hash:ip family ${kind}`,
      `add ip${family} ${pick()}`,
      `add ip${family} ${pick()}`,
      `create net${family} hash:net family ${kind}`,
      `add net${family} ${network(random.below(3))}`,
      `add net${family} ${pick()} nomatch`,
      `create ipport${family} hash:ip,port family ${kind}`,
      `add ipport${family} ${pick()},tcp:${random.pick(ports)}`,
      `add ipport${family} ${pick()},udp:${random.pick(ports)}`,
      `add ipport${family} ${pick()},${family === 4 ? 'icmp:echo-request' : 'icmpv6:128/0'}`,
      `create netiface${family} hash:net,iface family ${kind}`,
      `add netiface${family} ${network(0)},eth0`,
      `add netiface${family} ${network(1)},wan0`,
      `create ipportnet${family} hash:ip,port,net family ${kind} comment`,
      `create netport${family} hash:net,port family ${kind}`,
      `create ipportip${family} hash:ip,port,ip family ${kind}`,
      ...[0, 1, 2, 3].flatMap((i) => {
        const [one, other] = [wide(), wide()];
        const may = i > 0 && random.chance(0.4) ? ' nomatch' : '';
        const port = `${random.pick(['tcp', 'udp'])}:${random.pick(['22', '80', '1000-1024', '8080'])}`;
        return [
          `add ipportnet${family} ${pick()},${port},${other}${may}${random.chance(0.2) ? ' comment "all nomatch here"' : ''}`,
          `add netport${family} ${one},${port}${may}`,
          `add ipportip${family} ${pick()},${port},${pick()}`,
        ];
      }),
      `create list${family} list:set`,
      `add list${family} ip${family}`,
      `add list${family} net${family}`,
    );
  }
  lines.push(
    'create bits bitmap:ip range 192.0.2.0-192.0.2.255',
    `add bits 192.0.2.${random.pick([1, 2, 7])}`,
    'add bits 192.0.2.8-192.0.2.64',
  );
  lines.push('create port bitmap:port range 1-65535', `add port ${random.pick(ports)}`, 'add port 1000-1024');
  return `${lines.join('\n')}\n`;
}
