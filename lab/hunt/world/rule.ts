// Rules that stop packets, written as people and programs write them: by nft, iptables-nft or iptables-legacy; plain,
// behind a jump, by a set, or as a policy with exceptions. Every rule counts: the counters are read for the truth.
import type { Random } from '../../firewall/random.js';
import { nft, type Step } from '../../world/steps.js';
import type { Machine } from '../../world/topology.js';
import type { Draft } from './draft.js';
import type { Family } from './network.js';

/** Which packets: those to the target, or (`answers`) those that come back. */
export interface Match {
  readonly scope: 'port' | 'address' | 'both' | 'net' | 'everything' | 'tcp' | 'user';
  readonly answers?: boolean;
  readonly port: number;
  readonly addresses: { readonly 4: string; readonly 6: string };
  readonly nets: { readonly 4: string; readonly 6: string };
  readonly families: readonly Family[];
  readonly uid?: number;
}

export type Hook = 'input' | 'output' | 'forward' | 'prerouting' | 'postrouting';
export type Stop = 'drop' | 'tcp-reset' | 'admin-prohibited' | 'port-unreachable' | 'host-unreachable' | 'no-route';

export function matchOf({ network, aim }: Draft, scope: Match['scope'], more: Partial<Match> = {}): Match {
  return {
    scope,
    port: aim.port,
    addresses: network.server,
    nets: network.servers,
    families: network.families,
    ...more,
  };
}

function conditions(match: Match, family: Family): string {
  const ip = family === 4 ? 'ip' : 'ip6';
  const [port, address] = match.answers ? ['sport', 'saddr'] : ['dport', 'daddr'];
  switch (match.scope) {
    case 'port':
      return `tcp ${port} ${match.port}`;
    case 'address':
      return `${ip} ${address} ${match.addresses[family]}`;
    case 'both':
      return `${ip} ${address} ${match.addresses[family]} tcp ${port} ${match.port}`;
    case 'net':
      return `${ip} ${address} ${match.nets[family]}`;
    case 'tcp':
      return 'meta l4proto tcp';
    case 'user':
      return `meta skuid ${match.uid ?? 0} tcp ${port} ${match.port}`;
    case 'everything':
      return '';
  }
}

/** One line a family where the match names an address; else one for both. */
function linesOf(match: Match, verdict: string): string[] {
  const names = match.scope === 'address' || match.scope === 'both' || match.scope === 'net';
  const families: readonly Family[] = names ? match.families : [4];
  return families.map((family) => `${conditions(match, family)} counter ${verdict}`.trim());
}

function verdictOf(stop: Stop): string {
  if (stop === 'drop') return 'drop';
  return stop === 'tcp-reset' ? 'meta l4proto tcp reject with tcp reset' : `reject with icmpx type ${stop}`;
}

const PRIORITY = [-150, -10, 0, 0, 0, 10, 100];
const TABLE = ['filter', 'fw', 'guard', 'site', 'policy', 'rules'];

export function nftStop(random: Random, on: Machine, hook: Hook, match: Match, stop: Stop): Step {
  const table = `${random.pick(TABLE)}${random.below(9000)}`;
  const lines = linesOf(match, verdictOf(stop));
  const form = random.pick(['plain', 'plain', 'jump', 'set', 'beside'] as const);
  const priority = random.pick(PRIORITY);
  const head = `type filter hook ${hook} priority ${priority}; policy accept;`;
  const comment = random.chance(0.3) ? ` comment "${random.pick(['kids', 'do not remove', 'ticket 4711'])}"` : '';
  const rules = lines.map((line) => `  ${line}${comment}`);
  const other = `  tcp ${match.answers ? 'sport' : 'dport'} ${20000 + random.below(20000)} counter drop`;
  if (form === 'jump') {
    return nft(
      on,
      `table inet ${table} {\n chain deep {\n${rules.join('\n')}\n }\n chain ${hook}x {\n  ${head}\n  jump deep\n }\n}\n`,
    );
  }
  if (form === 'set' && match.scope === 'port') {
    const set = ` set ports { type inet_service; elements = { ${match.port}, ${1 + random.below(20)}, ${30000 + random.below(9000)} }; }`;
    const line = `  tcp ${match.answers ? 'sport' : 'dport'} @ports counter ${verdictOf(stop)}${comment}`;
    return nft(on, `table inet ${table} {\n${set}\n chain ${hook}x {\n  ${head}\n${line}\n }\n}\n`);
  }
  const all = form === 'beside' ? (random.chance(0.5) ? [other, ...rules] : [...rules, other]) : rules;
  return nft(on, `table inet ${table} {\n chain ${hook}x {\n  ${head}\n${all.join('\n')}\n }\n}\n`);
}

const REJECT: Record<Exclude<Stop, 'drop'>, { 4: string; 6: string }> = {
  'tcp-reset': { 4: 'tcp-reset', 6: 'tcp-reset' },
  'admin-prohibited': { 4: 'icmp-admin-prohibited', 6: 'icmp6-adm-prohibited' },
  'port-unreachable': { 4: 'icmp-port-unreachable', 6: 'icmp6-port-unreachable' },
  'host-unreachable': { 4: 'icmp-host-unreachable', 6: 'icmp6-addr-unreachable' },
  'no-route': { 4: 'icmp-net-unreachable', 6: 'icmp6-no-route' },
};

/** By the iptables programs: a rule for each family. `user` and `net` as there. */
export function iptablesStop(
  random: Random,
  on: Machine,
  hook: 'input' | 'output' | 'forward',
  match: Match,
  stop: Stop,
  backend: 'nft' | 'legacy',
): Step[] {
  const chain = hook.toUpperCase();
  return match.families.map((family): Step => {
    const target = stop === 'drop' ? '-j DROP' : `-j REJECT --reject-with ${REJECT[stop][family]}`;
    const [port, address] = match.answers ? ['--sport', '-s'] : ['--dport', '-d'];
    const words = {
      port: `-p tcp ${port} ${match.port}`,
      address: `${address} ${match.addresses[family]}${stop === 'tcp-reset' ? ' -p tcp' : ''}`,
      both: `${address} ${match.addresses[family]} -p tcp ${port} ${match.port}`,
      net: `${address} ${match.nets[family]}${stop === 'tcp-reset' ? ' -p tcp' : ''}`,
      tcp: '-p tcp',
      user: `-p tcp ${port} ${match.port} -m owner --uid-owner ${match.uid ?? 0}`,
      everything: stop === 'tcp-reset' ? '-p tcp' : '',
    }[match.scope];
    if (backend === 'nft') {
      return { do: 'iptables', on, family, commands: [`-A ${chain} ${words} ${target}`] };
    }
    const other = `-A ${chain} -p tcp --dport ${20000 + random.below(20000)} -j DROP`;
    return {
      do: 'iptables-restore',
      on,
      family,
      backend: 'legacy',
      dump: `*filter\n${random.chance(0.4) ? `${other}\n` : ''}-A ${chain} ${words} ${target}\nCOMMIT`,
    };
  });
}

/** A policy that drops, and rules that let everything through but the target. */
export function policyDrop(random: Random, on: Machine, hook: 'input' | 'output' | 'forward', match: Match): Step {
  const table = `${random.pick(TABLE)}${random.below(9000)}`;
  const [port] = match.answers ? ['sport'] : ['dport'];
  const lines = [
    'oifname "lo" accept',
    'iifname "lo" accept',
    'meta l4proto { icmp, ipv6-icmp } accept',
    'udp dport { 53, 123 } accept',
    'udp sport { 53, 123 } accept',
    `tcp ${port} { 1-${match.port - 1}, ${match.port + 1}-65535 } accept`,
  ].filter((line) =>
    hook === 'input' ? !line.startsWith('oif') : hook === 'output' ? !line.startsWith('iif') : !line.includes('"lo"'),
  );
  const back = hook === 'forward' ? ['ct state established,related accept'] : [];
  const last = random.chance(0.5) ? ['counter'] : ['counter comment "the rest"'];
  return nft(
    on,
    `table inet ${table} {\n chain ${hook}x {\n  type filter hook ${hook} priority 0; policy drop;\n  ${[...back, ...lines, ...last].join('\n  ')}\n }\n}\n`,
  );
}
