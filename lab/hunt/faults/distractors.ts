// True and harmless: what looks guilty beside the fault.
import { ip, ip6, nft, sysctl } from '../../world/steps.js';
import type { Machine } from '../../world/topology.js';
import type { Draft } from '../world/draft.js';
import { iptablesStop, matchOf, nftStop, type Hook } from '../world/rule.js';
import { port53Tcp } from './names.js';
import type { Faults } from './fault.js';
import { slowLine } from '../../world/line/slow-line.js';

/** A rule's place among the distractors'. */
function somewhere(draft: Draft): Machine {
  return draft.random.pick<Machine>(['device', 'device', 'server', ...draft.network.routers]);
}

function hookOn(draft: Draft, on: Machine): Hook {
  if (on === 'device') return draft.random.pick<Hook>(['output', 'output', 'input']);
  return on === 'server' ? 'input' : 'forward';
}

function ruleForOtherPort(draft: Draft): string {
  const { random } = draft;
  const on = somewhere(draft);
  const port = random.pick([25, 445, 6881, 5353, 1194, 3389]);
  const stop = random.pick(['drop', 'admin-prohibited', 'tcp-reset'] as const);
  const match = { ...matchOf(draft, 'port'), port };
  const hook = hookOn(draft, on);
  if (random.chance(0.3) && hook !== 'prerouting' && hook !== 'postrouting') {
    draft.needs.push('iptables-nft');
    draft.steps.push(...iptablesStop(random, on, hook, match, stop, 'nft'));
  } else draft.steps.push(nftStop(random, on, hook, match, stop));
  return `${on}: a rule for port ${port} (${stop})`;
}

function ruleForOtherAddress(draft: Draft): string {
  const { random } = draft;
  const on = somewhere(draft);
  const addresses = { 4: `198.18.${random.below(200)}.7`, 6: '2001:db8:5555::7' };
  draft.steps.push(nftStop(random, on, hookOn(draft, on), { ...matchOf(draft, 'address'), addresses }, 'drop'));
  return `${on}: a rule for ${addresses[4]}`;
}

function ruleForOtherUser(draft: Draft): string {
  draft.steps.push(nftStop(draft.random, 'device', 'output', matchOf(draft, 'user', { uid: 33 }), 'drop'));
  return 'device: a rule for another user';
}

function logs(draft: Draft): string {
  const on = somewhere(draft);
  const hook = hookOn(draft, on);
  draft.steps.push(
    nft(
      on,
      `table inet watch${draft.random.below(90)} {\n chain look {\n  type filter hook ${hook} priority -20; policy accept;\n  tcp dport ${draft.aim.port} counter accept\n }\n}\n`,
    ),
  );
  return `${on}: a rule that lets it through`;
}

function banOfOthers(draft: Draft): string {
  const { random } = draft;
  draft.steps.push(
    nft(
      'server',
      `table inet f2b-table {\n set addr-set-sshd { type ipv4_addr; elements = { 203.0.113.${200 + random.below(50)}, 192.0.2.9 }; }\n chain f2b-chain {\n  type filter hook input priority filter - 1; policy accept;\n  tcp dport { 22, 80, 443 } ip saddr @addr-set-sshd counter reject\n }\n}\n`,
    ),
  );
  return 'server: others are banned';
}

function staleRoute(draft: Draft): string {
  const { random } = draft;
  const kind = random.pick(['blackhole', 'unreachable', 'prohibit']);
  draft.steps.push(ip('device', `route add ${kind} 198.18.${random.below(200)}.0/24`));
  return `device: a route for others (${kind})`;
}

/** Like a VPN's: there, up, with an address and a network of its own that covers nothing of ours. */
function tunnel(draft: Draft): string | null {
  const { random } = draft;
  const name = random.pick(['tun0', 'wg0', 'utun3']);
  const isTaken = draft.steps.some((step) => JSON.stringify(step).includes(` ${name} `));
  if (isTaken) return null;
  draft.steps.push(
    ip(
      'device',
      `tuntap add dev ${name} mode tun`,
      `addr add 10.255.${random.below(200)}.2/24 dev ${name}`,
      `link set ${name} up`,
    ),
  );
  return `device: ${name} beside it`;
}

function secondResolverDead(draft: Draft): string | null {
  const { files, network, random } = draft;
  if (files.resolvConf === undefined || !files.resolvConf.startsWith('nameserver')) return null;
  const [family = 4] = network.families;
  const dead = { 4: ['203.0.113.59', '198.18.1.1'], 6: ['2001:db8:113:53::59', '2001:db8:dead::1'] }[family];
  draft.files = { ...files, resolvConf: `${files.resolvConf}nameserver ${random.pick(dead)}\n` };
  return 'device: a second resolver that is dead';
}

function hostsForOthers(draft: Draft): string {
  const { files, aim } = draft;
  const lines = [`# 127.0.0.1 ${aim.host}`, '127.0.0.1 ads.example.org', `198.18.1.1 old-${aim.host}`];
  draft.files = { ...files, hosts: `${files.hosts ?? ''}${draft.random.some(lines).join('\n')}\n` };
  return 'device: hosts lines for others';
}

/** A router that says nothing of itself: a star in every trace. */
function quietRouter(draft: Draft): string {
  const on = draft.random.pick(draft.network.routers);
  draft.steps.push(
    nft(
      on,
      'table inet quiet {\n chain out {\n  type filter hook output priority 0; policy accept;\n  icmp type time-exceeded counter drop\n  icmpv6 type time-exceeded counter drop\n }\n}\n',
    ),
  );
  return `${on}: no word about hop limits`;
}

/** As kernels are set when nobody changes it: six errors, then one a second. */
function limitedRouter(draft: Draft): string {
  const on = draft.random.pick(draft.network.routers);
  draft.steps.push(sysctl(on, 'net.ipv4.icmp_ratelimit=1000', 'net.ipv6.icmp.ratelimit=1000'));
  return `${on}: ICMP errors are limited`;
}

function noPings(draft: Draft): string {
  draft.steps.push(
    nft(
      'server',
      'table inet noping {\n chain in {\n  type filter hook input priority 0; policy accept;\n  icmp type echo-request counter drop\n  icmpv6 type echo-request counter drop\n }\n}\n',
    ),
  );
  return 'server: no pings';
}

function closedOtherPort(draft: Draft): string | null {
  const { services, aim } = draft;
  const left = (services.server ?? []).filter((service) => service.port === aim.port);
  if (left.length === (services.server ?? []).length) return null;
  services.server = left;
  return 'server: its other ports are closed';
}

function proxyForOthers(draft: Draft): string {
  const { aim, random } = draft;
  const [name, value] = random.pick([
    ['ftp_proxy', 'http://192.0.2.9:3128'],
    ['no_proxy', '*'],
    [aim.scheme === 'http' ? 'https_proxy' : 'ftp_proxy', 'http://192.0.2.9:3128'],
  ] as const);
  draft.environment[name] = value;
  return `device: ${name} is set`;
}

function reversePath(draft: Draft): string {
  const on = somewhere(draft);
  draft.steps.push(sysctl(on, 'net.ipv4.conf.all.rp_filter=1'));
  return `${on}: reverse paths are checked`;
}

function defaultOfOthers(draft: Draft): string | null {
  if (!draft.network.families.includes(6)) return null;
  draft.steps.push(ip6('device', 'route replace unreachable 2001:db8:bad::/48'));
  return 'device: an IPv6 route for others';
}

/** Ten to a hundred and twenty milliseconds each way. */
function slow(draft: Draft): string {
  const on = draft.random.pick(draft.network.routers);
  const ms = draft.random.pick([10, 25, 40, 80, 120]);
  draft.needs.push('nfqueue');
  draft.steps.push(...slowLine(on, { delayMs: ms }));
  return `${on}: ${ms} ms each way`;
}

export const distractors: Faults = [
  [2, slow],
  [4, ruleForOtherPort],
  [2, ruleForOtherAddress],
  [1, ruleForOtherUser],
  [2, logs],
  [1, banOfOthers],
  [2, staleRoute],
  [1.5, tunnel],
  [1.5, secondResolverDead],
  [1.5, hostsForOthers],
  [2, quietRouter],
  [2, limitedRouter],
  [1, noPings],
  [1.5, closedOtherPort],
  [1, proxyForOthers],
  [1, reversePath],
  [0.5, defaultOfOthers],
  [0.5, port53Tcp],
];
