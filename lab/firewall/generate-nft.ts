import { type Around, type MatchKind, matchKinds } from './generate-nft-matches.js';
import { address4, address6, devices, marks, own4, own6, ports } from './pools.js';
import type { Random } from './random.js';

export interface Generated {
  readonly text: string;
  /** Matches in it that the kernel decides by chance or by what came before. */
  readonly open: readonly string[];
}

interface Build {
  readonly random: Random;
  readonly open: Set<string>;
  /** May it use what nobody can decide? */
  readonly mayBeOpen: boolean;
  readonly lines: string[];
}

const hooks = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const;
const priorities = [-310, -250, -150, -100, -10, 0, 10, 50, 100, 200] as const;

function matches(build: Build, around: Around): string {
  const { random } = build;
  const out: string[] = [];
  const count = random.pick([0, 1, 1, 1, 2, 2, 3]);
  // One field twice in one rule is listed as one condition (`length < 1 length > 1` as `length != 1-1`).
  const used = new Set<string>();
  for (let tries = 0; out.length < count && tries < 50; tries++) {
    const kind: MatchKind = random.pick(matchKinds);
    if ((kind.open !== undefined && !build.mayBeOpen) || used.has(kind.name)) continue;
    const text = kind.make(random, around);
    if (text === undefined) continue;
    if (kind.open !== undefined) build.open.add(kind.open);
    used.add(kind.name);
    out.push(text);
  }
  return out.join(' ');
}

function statement(build: Build, around: Around, priority: number): string {
  const { random } = build;
  const isRaw = priority < -200 && (around.hook === 'prerouting' || around.hook === 'output');
  switch (random.below(9)) {
    case 0:
      return `meta mark set ${random.pick(marks)}`;
    case 1:
      return `meta mark set meta mark ${random.pick(['| 0x10', '& 0xff', '^ 0x1'])}`;
    case 2:
      return isRaw ? 'notrack' : `ct mark set ${random.pick(marks)}`;
    case 3:
      return random.pick(['ct mark set meta mark', 'meta mark set ct mark']);
    case 4:
      return around.family === 'ip6' ? 'counter' : `ip dscp set ${random.pick(['cs1', 'ef'])}`;
    case 5:
      return around.family === 'inet'
        ? `meta mark set tcp dport map { 22 : 1, 80-443 : 0x10, ${random.pick([1000, 8080])} : 2 }`
        : 'counter';
    case 6:
      return around.family === 'ip6' ? 'counter' : 'add @seen { ip saddr }';
    default:
      return 'counter';
  }
}

function reject(random: Random, around: Around): string {
  if (around.hook === 'postrouting') return 'drop';
  const all = ['reject', 'meta l4proto tcp reject with tcp reset', 'reject with icmpx admin-prohibited'];
  const own =
    around.family === 'ip'
      ? 'reject with icmp host-prohibited'
      : around.family === 'ip6'
        ? 'reject with icmpv6 admin-prohibited'
        : 'reject with icmp net-unreachable';
  return random.pick(around.family === 'inet' ? [...all, own] : [all[0] ?? 'reject', all[1] ?? 'reject', own]);
}

function verdict(build: Build, around: Around, targets: readonly string[]): string {
  const { random } = build;
  const target = targets.length === 0 ? undefined : random.pick(targets);
  switch (random.below(8)) {
    case 0:
      return 'accept';
    case 1:
      return 'drop';
    case 2:
      return reject(random, around);
    case 3:
      return 'return';
    case 4:
      return target === undefined ? 'accept' : `jump ${target}`;
    case 5:
      return target === undefined ? 'drop' : `goto ${target}`;
    default:
      return '';
  }
}

function verdictMap(build: Build, around: Around, targets: readonly string[]): string {
  const { random } = build;
  const to = (): string =>
    random.pick(
      [
        'accept',
        'drop',
        'return',
        'continue',
        ...targets.map((target) => `jump ${target}`),
        ...targets.map((target) => `goto ${target}`),
      ].filter((one) => one !== 'continue'),
    );
  switch (random.below(7)) {
    case 0:
      return `tcp dport vmap { 22 : ${to()}, 80-443 : ${to()}, 8080 : ${to()} }`;
    case 1:
      return `meta l4proto vmap { tcp : ${to()}, udp : ${to()} }`;
    case 2:
      return `iifname vmap { eth0 : ${to()}, wan0 : ${to()} }`;
    case 3:
      return `ct state vmap { new : ${to()}, invalid : ${to()}, established : ${to()} }`;
    case 4:
      return around.family === 'ip6'
        ? `ip6 saddr vmap { 2001:db8:1::/64 : ${to()}, 2001:db8:2::/64 : ${to()} }`
        : `ip saddr vmap { 192.0.2.0/24 : ${to()}, 198.51.100.2-198.51.100.8 : ${to()} }`;
    case 5:
      return around.family === 'ip6'
        ? `ip6 saddr . th dport vmap { 2001:db8:1::/64 . 1-1023 : ${to()}, 2001:db8:2::2 . 8080 : ${to()} }`
        : `ip saddr . th dport vmap { 192.0.2.0/24 . 1-1023 : ${to()}, 198.51.100.2-198.51.100.8 . 8080 : ${to()} }`;
    default:
      return `iifname . meta l4proto vmap { eth0 . tcp : ${to()}, eth1 . udp : ${to()} }`;
  }
}

function rule(build: Build, around: Around, priority: number, targets: readonly string[]): string {
  const { random } = build;
  const parts = [matches(build, around)];
  if (random.chance(0.3)) parts.push(statement(build, around, priority));
  if (random.chance(0.15)) parts.push(matches(build, around));
  parts.push(random.chance(0.1) ? verdictMap(build, around, targets) : verdict(build, around, targets));
  const whole = parts.filter((part) => part !== '').join(' ');
  // nft 1.0.6 takes `meta iiftype` for something that a later protocol implies, and lists the rule without it.
  const joined = / (meta (nfproto|protocol|l4proto)|ip|ip6|icmp|icmpv6|tcp|udp|th) /.test(whole)
    ? whole.replaceAll(/meta iiftype (!= )?\w+ ?/g, '').trim()
    : whole;
  // A family said twice, or two of them, is a rule that nft 1.0.6 lists without one of the two.
  const isSaid = /\b(ip|ip6|icmp|icmpv6|exthdr) /.test(joined.replaceAll(/ct original ip6? /g, ''));
  const once = isSaid ? joined.replaceAll(/meta (nfproto|protocol) (!= )?\w+ ?/g, '') : joined;
  // Two bounds that follow each other, of whatever fields, nft 1.0.6 lists as one range of the second.
  const text = once.replaceAll(/([<>]=? \S+ (?:\w+ )+)[<>]=? /g, '$1!= ');
  // nft 1.0.6 lists `meta nfproto ipv4 … reject with tcp reset` without the family: no reader can know of it.
  if (/meta (nfproto|protocol)/.test(text)) return text.replace(/(meta l4proto tcp )?reject.*$/, 'drop');
  return text === '' ? 'counter' : text;
}

function natRule(build: Build, around: Around): string {
  const { random } = build;
  const transport = random.pick(['tcp', 'udp']);
  const is6 = around.family === 'ip6' || (around.family === 'inet' && random.chance(0.3));
  const family = around.family === 'inet' ? (is6 ? 'ip6 ' : 'ip ') : '';
  const address = is6
    ? random.chance(0.4)
      ? random.pick(own6)
      : address6(random)
    : random.chance(0.4)
      ? random.pick(own4)
      : address4(random);
  const host = is6 ? `[${address}]` : address;
  const port = random.pick(ports);
  const condition = `${transport} dport ${random.chance(0.5) ? port : `{ ${random.some(ports, 5).join(', ')} }`} ${matches({ ...build, mayBeOpen: false }, around)}`;
  if (around.hook === 'postrouting')
    return random.chance(0.5) ? `${condition} masquerade` : `${condition} snat ${family}to ${host}`;
  if (around.hook === 'input') return `${condition} snat ${family}to ${is6 ? address6(random) : address4(random)}`;
  switch (random.below(4)) {
    case 0:
      return `${condition} redirect to :${random.pick(ports)}`;
    case 1:
      return `${condition} dnat ${family}to ${host}:${random.pick(ports)}`;
    case 2:
      return `${condition} dnat ${family}to ${address}`;
    default:
      return is6
        ? `${condition} redirect`
        : `dnat ${family}to ${transport} dport map { 22 : ${address4(random)}, 80 : ${random.pick(own4)} }`;
  }
}

function baseChain(build: Build, table: string, family: Around['family'], number: number): void {
  const { random, lines } = build;
  const hook = random.pick(hooks);
  const isNat = hook !== 'forward' && random.chance(0.25);
  const type = isNat ? 'nat' : hook === 'output' && random.chance(0.2) ? 'route' : 'filter';
  const priority = isNat ? random.pick([-100, 0, 100].filter((one) => one > -200)) : random.pick(priorities);
  const around: Around = { family, hook };
  const name = `${table}_${hook}${number}`;
  const below = isNat ? [] : [`${name}_a`, `${name}_b`, `${name}_c`].slice(0, random.below(4));
  for (const [i, sub] of below.entries()) {
    lines.push(` chain ${sub} {`);
    const targets = below.slice(0, i);
    for (let r = random.below(4); r > 0; r--) lines.push(`  ${rule(build, around, priority, targets)}`);
    lines.push(' }');
  }
  lines.push(
    ` chain ${name} {`,
    `  type ${type} hook ${hook} priority ${priority}; policy ${random.chance(isNat ? 0 : 0.3) ? 'drop' : 'accept'};`,
  );
  for (let r = 1 + random.below(isNat ? 3 : 7); r > 0; r--)
    lines.push(`  ${isNat && random.chance(0.8) ? natRule(build, around) : rule(build, around, priority, below)}`);
  lines.push(' }');
}

/** A ruleset of one to three tables, with sets and maps, base chains anywhere, jumps, translation. */
export function generateNft(random: Random, mayBeOpen: boolean): Generated {
  const build: Build = { random, open: new Set(), mayBeOpen, lines: [] };
  const tables = 1 + random.below(3);
  for (let t = 0; t < tables; t++) {
    const family = random.pick(['ip', 'ip6', 'inet', 'inet'] as const);
    build.lines.push(`table ${family} t${t} {`);
    sets(build);
    const chains = 1 + random.below(3);
    for (let c = 0; c < chains; c++) baseChain(build, `t${t}`, family, c);
    build.lines.push('}');
  }
  if (random.chance(0.25)) onDevices(build);
  return { text: `${build.lines.join('\n')}\n`, open: [...build.open] };
}

/** Chains on ingress and egress of single interfaces, in a table of netdev; ingress in one of inet too. */
function onDevices(build: Build): void {
  const { random, lines } = build;
  const family = random.pick(['netdev', 'netdev', 'inet'] as const);
  lines.push(`table ${family} on_devices {`);
  sets(build);
  for (let c = 1 + random.below(3); c > 0; c--) {
    const hook = family === 'inet' ? 'ingress' : random.pick(['ingress', 'egress']);
    const around: Around = { family: 'inet', hook };
    const [name, device] = [`${hook}${c}`, random.pick(devices)];
    lines.push(` chain ${name}_a {`, `  ${rule(build, around, 0, [])}`, ' }', ` chain ${name} {`);
    lines.push(
      `  type filter hook ${hook} device "${device}" priority ${random.pick([-10, 0, 10])}; policy ${random.chance(0.2) ? 'drop' : 'accept'};`,
    );
    for (let r = 1 + random.below(4); r > 0; r--) lines.push(`  ${rule(build, around, 0, [`${name}_a`])}`);
    lines.push(' }');
  }
  lines.push('}');
}

function sets({ random, lines }: Build): void {
  // May be entered from any hook: it asks only what can be asked on all of them.
  lines.push(' chain common {');
  for (let r = random.below(4); r > 0; r--) {
    const condition = random.pick(['meta l4proto tcp', 'meta mark 1', 'th dport > 1000', 'meta length > 60', '']);
    const end = random.pick(['accept', 'drop', 'return', 'meta mark set 2', 'counter']);
    lines.push(`  ${condition} ${end}`);
  }
  lines.push(' }');
  const to = (): string => random.pick(['accept', 'drop', 'return', 'continue', 'jump common', 'goto common']);
  lines.push(
    ` set four { type ipv4_addr; flags interval; elements = { 192.0.2.0/26, 198.51.100.3-198.51.100.8, 203.0.113.${random.pick([2, 7, 64])} }; }`,
    ` set six { type ipv6_addr; flags interval; elements = { 2001:db8:1::/64, 2001:db8:2::${random.pick([2, 3])} }; }`,
    ` set services { type inet_service; flags interval; elements = { 22, 80-443, ${random.pick([1000, 8080])} }; }`,
    ` set names { type ifname; elements = { ${random.some(['"eth0"', '"eth1"', '"wan0"', '"lo"']).join(', ')} }; }`,
    ` set tuples { type ipv4_addr . inet_proto . inet_service; flags interval; elements = { 192.0.2.0/24 . tcp . 1-1023, 198.51.100.2 . udp . ${random.pick(ports)} }; }`,
    ` map ports_to { type inet_service : verdict; flags interval; elements = { 22 : ${to()}, 80-443 : ${to()}, 1000-1024 : ${to()}, 40000 : ${to()} }; }`,
    ` map pairs_to { type ipv4_addr . inet_service : verdict; flags interval; elements = { 192.0.2.0/24 . 1-1023 : ${to()}, 198.51.100.2-198.51.100.8 . 22 : ${to()}, 203.0.113.7 . 1-65535 : ${to()} }; }`,
    ` set seen { type ipv4_addr; size 65535; flags dynamic, timeout; timeout 1m; }`,
  );
}
