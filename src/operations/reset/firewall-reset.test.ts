import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../model/system.js';
import { operation } from './firewall-reset.js';
import { isSameRules, kernelRules } from './kernel-rules.js';
import { mustBeAllInSettings } from './runtime-only.js';

const ended = (stdout: string): RunResult => ({ exit: 0, stdout, stderr: '', truncated: false });
const answering = (answers: Readonly<Record<string, string>>) => ({
  run: (program: string, args: readonly string[]): Promise<RunResult> =>
    Promise.resolve(ended(answers[`${program} ${args.join(' ')}`] ?? '')),
});

describe('the arguments of a reset', () => {
  it('are taken as they are', () => {
    for (const to of [['ufw'], ['ufw', 'firewalld'], ['boot-files'], ['nothing']])
      expect(operation.check({ kind: 'firewall-reset', to })).toEqual({ kind: 'firewall-reset', to });
  });

  it.each([
    { to: [] },
    { to: ['ufw', 'ufw'] },
    { to: ['/etc/passwd'] },
    { to: 'ufw' },
    { to: [['ufw']] },
    { to: ['ufw'], file: '/etc/shadow' },
    {},
  ])('are refused: %j', (wrong) => {
    expect(() => operation.check({ kind: 'firewall-reset', ...wrong })).toThrow(/not valid/);
  });
});

describe('the copy of all rules', () => {
  const ruleset = (tables: readonly object[]): string => JSON.stringify({ nftables: tables });
  it.each([
    ['', ['owner', 'persist'], ''],
    [', as nft 1.0 garbles it', 'theirs', 'table inet theirs { # progname x\n\tflags owner\n}\n'],
  ])('leaves out tables whose owner alone may change them%s', async (_name, flags, text) => {
    const json = ruleset([
      { table: { family: 'inet', name: 'theirs', flags } },
      { table: { family: 'inet', name: 'mine' } },
    ]);
    const { tables } = await kernelRules(
      answering({
        'nft -j list ruleset': json,
        'nft -s list table inet theirs': text,
        'nft -s list table inet mine': '# Warning: x\ntable inet mine {\n}\n',
      }),
    );
    expect(tables).toEqual([{ family: 'inet', name: 'mine', by: 'nft', text: 'table inet mine {\n}\n' }]);
  });

  it('is not taken where nft breaks off in the middle', async () => {
    const broken = '{"nftables": [{"table": {"family": "inet", "name": "z", "handle": 1, "flags": ';
    await expect(kernelRules(answering({ 'nft -j list ruleset': broken }))).rejects.toThrow(/could not be put back/);
  });

  it('takes tables with matches of iptables from iptables, in the order of the kernel', async () => {
    const at = { family: 'ip', table: 'filter' };
    const json = ruleset([
      { table: { family: 'ip', name: 'filter' } },
      { chain: { ...at, name: 'OUTPUT', policy: 'drop' } },
      { chain: { ...at, name: 'zeta' } },
      { rule: { ...at, chain: 'OUTPUT', expr: [{ xt: { type: 'match', name: 'comment' } }] } },
    ]);
    const saved = '*filter\n:INPUT ACCEPT [0:0]\n:OUTPUT DROP [9:9]\n:zeta - [0:0]\n-A OUTPUT -j zeta\nCOMMIT\n';
    const { tables } = await kernelRules(
      answering({ 'nft -j list ruleset': json, 'iptables-nft-save -t filter': saved }),
    );
    expect(tables[0]?.text).toBe('*filter\n:OUTPUT DROP [0:0]\n:zeta - [0:0]\n-A OUTPUT -j zeta\nCOMMIT\n');
  });

  it('refuses what it could not put back', async () => {
    const at = { family: 'bridge', table: 'filter' };
    const json = ruleset([
      { table: { family: 'bridge', name: 'filter' } },
      { rule: { ...at, chain: 'OUTPUT', expr: [{ xt: { type: 'match', name: 'among' } }] } },
    ]);
    await expect(kernelRules(answering({ 'nft -j list ruleset': json }))).rejects.toThrow(/ebtables/);
  });

  it('does not mind counts, nor tables of iptables-legacy that hold nothing', async () => {
    const one = '*filter\n:INPUT ACCEPT [1:2]\n-A INPUT -j DROP\nCOMMIT\n*nat\n:OUTPUT ACCEPT [5:5]\nCOMMIT\n';
    const other = '# now\n*filter\n:INPUT ACCEPT [7:7]\n-A INPUT -j DROP\nCOMMIT\n';
    const rules = await Promise.all(
      [one, other, other.replace('DROP', 'ACCEPT')].map((text) =>
        kernelRules(answering({ 'nft -j list ruleset': ruleset([]), 'iptables-legacy-save ': text })),
      ),
    );
    const [first, second, third] = rules;
    if (!first || !second || !third) throw new Error('three were asked for');
    expect(isSameRules(first, second)).toBe(true);
    expect(isSameRules(first, third)).toBe(false);
  });
});

describe('what firewalld holds in its memory alone', () => {
  const zone = (ports: string): string => `public (active)\n  target: default\n  interfaces: eth0\n  ports: ${ports}\n`;
  it('keeps it from being set back', async () => {
    const same = { 'firewall-cmd --permanent --list-all-zones': zone('22/tcp').replace(' (active)', '').replace('eth0', '') }; // prettier-ignore
    await mustBeAllInSettings(answering({ ...same, 'firewall-cmd --list-all-zones': zone('22/tcp') }));
    const other = answering({ ...same, 'firewall-cmd --list-all-zones': zone('22/tcp 80/tcp') });
    await expect(mustBeAllInSettings(other)).rejects.toThrow(/runtime-to-permanent/);
  });
});
