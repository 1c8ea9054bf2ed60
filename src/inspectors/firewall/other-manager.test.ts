import { describe, expect, it } from 'vitest';
import type { BootLoaded } from '../../firewall/boot-loaded.js';
import { decide, prepare } from '../../firewall/decide.js';
import { parsePacket } from '../../firewall/packet.js';
import { parseNftJson } from '../../firewall/parse/nft-json.js';
import { readRuleset } from '../../firewall/parse/read.js';
import type { Ruleset } from '../../firewall/ruleset.js';
import { otherManager } from './other-manager.js';

const ufw = [
  ':ufw-before-input - [0:0]',
  ':ufw-user-input - [0:0]',
  '-A INPUT -j ufw-before-input',
  '-A ufw-before-input -j ufw-user-input',
  '-A ufw-user-input -p tcp -m tcp --dport 8080 -j ACCEPT',
];
const iptables = (policy: string, ...lines: readonly string[]): string =>
  [
    '*filter',
    `:INPUT ${policy} [0:0]`,
    ...lines.filter((line) => line.startsWith(':')),
    ...lines.filter((line) => !line.startsWith(':')),
    'COMMIT',
    '',
  ].join('\n');

function found(ruleset: Ruleset, loaded: readonly BootLoaded[]) {
  const parsed = parsePacket({ hook: 'input', in: 'eth0', protocol: 'tcp', source: '203.0.113.9', destination: '192.0.2.7', sport: 40_000, dport: 8080, state: 'new', flags: ['syn'] }); // prettier-ignore
  if (!('packet' in parsed)) throw new Error('no packet');
  const around = {};
  return otherManager(decide(prepare(ruleset), parsed.packet, around), parsed.packet, ruleset, around, loaded);
}

describe('netfilter-persistent beside ufw, in one table', () => {
  const reject = '-A INPUT -j REJECT --reject-with icmp-host-prohibited';
  const ssh = '-A INPUT -p tcp -m state --state NEW -m tcp --dport 22 -j ACCEPT';
  const file = (text: string): BootLoaded[] => [{ by: 'netfilter-persistent', family: 'ip', text }];
  const here = readRuleset(iptables('DROP', ssh, reject, ...ufw));

  it('refuses what ufw would let in: the rule is that of its file, however it is written there', () => {
    const written = iptables('ACCEPT', '-A INPUT -p tcp -m state --state NEW --dport 22 -j ACCEPT', reject);
    expect(found(here, file(written))).toMatchObject({ owner: 'ufw', refusing: 'netfilter-persistent' });
  });

  it.each([
    ['it is not switched on', []],
    ['its file does not hold the rule', file(iptables('ACCEPT', ssh))],
    ['its file holds it in another chain', file(iptables('ACCEPT', reject.replace('INPUT', 'FORWARD')))],
    ['its file holds another answer', file(iptables('ACCEPT', '-A INPUT -j REJECT --reject-with tcp-reset'))],
    ['its file is that of IPv6', [{ by: 'netfilter-persistent', family: 'ip6', text: iptables('ACCEPT', reject) }]],
  ] as const)('is not blamed where %s', (_why, loaded) => expect(found(here, loaded)).toBe(null));

  it('is not blamed where ufw has no rule of its own for it', () => {
    const without = readRuleset(iptables('DROP', reject, ...ufw.slice(0, -1)));
    expect(found(without, file(iptables('ACCEPT', reject)))).toBe(null);
  });
});

describe('nftables.service beside another manager', () => {
  const chain = { family: 'inet', table: 'filter', name: 'input', handle: 1, type: 'filter', hook: 'input', prio: 0, policy: 'drop' }; // prettier-ignore
  const rule = (handle: number, ...expr: readonly object[]) => ({
    rule: { family: 'inet', table: 'filter', chain: 'input', handle, expr },
  });
  const port = (dport: number) => ({
    match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: dport },
  });
  const zone = { family: 'inet', table: 'firewalld', name: 'filter_INPUT', handle: 2, type: 'filter', hook: 'input', prio: 10, policy: 'accept' }; // prettier-ignore
  const opened = {
    rule: {
      family: 'inet',
      table: 'firewalld',
      chain: 'filter_INPUT',
      handle: 3,
      expr: [port(8080), { accept: null }],
    },
  };
  const ruleset = (...objects: readonly object[]) =>
    parseNftJson(
      JSON.stringify({
        nftables: [
          { table: { family: 'inet', name: 'filter', handle: 1 } },
          { chain },
          ...objects,
          { table: { family: 'inet', name: 'firewalld', handle: 2 } },
          { chain: zone },
          opened,
        ],
      }),
    );
  const file = (...lines: readonly string[]): BootLoaded[] => [
    { by: 'nftables', family: null, text: ['flush ruleset', 'table inet filter {', 'chain input {', ...lines, '}', '}', ''].join('\n') }, // prettier-ignore
  ];
  const base = 'type filter hook input priority 0; policy drop;';

  it('refuses by the policy of its file', () =>
    expect(found(ruleset(), file(base))).toMatchObject({ owner: 'firewalld', refusing: 'nftables' }));

  it('refuses by a rule of its file, also where that names the port', () => {
    const here = ruleset(rule(5, port(22), { accept: null }), rule(6, port(8080), { drop: null }));
    expect(found(here, file(base, 'tcp dport ssh accept', 'tcp dport http-alt drop'))).toMatchObject({
      refusing: 'nftables',
    });
    // Somebody put one more there by hand: which is which is not known any more.
    expect(found(here, file(base, 'tcp dport http-alt drop'))).toBe(null);
  });

  it.each([
    ['its file sets another policy', file('type filter hook input priority 0;')],
    ['its file has no such chain', [{ by: 'nftables', family: null, text: 'table inet other {\n}\n' }]],
    ['it is not switched on', []],
  ] as const)('is not blamed where %s', (_why, loaded) => expect(found(ruleset(), loaded)).toBe(null));
});
