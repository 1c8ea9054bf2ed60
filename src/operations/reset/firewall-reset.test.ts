import { describe, expect, it } from 'vitest';
import type { FirewallReset } from '../../model/operation.js';
import type { RunResult } from '../../model/system.js';
import { operation } from './firewall-reset.js';
import { isSameRules, kernelRules } from './kernel-rules.js';
import { mustBeAllInSettings } from './runtime-only.js';

const ended = (stdout: string): RunResult => ({ exit: 0, stdout, stderr: '', truncated: false });
const answering = (answers: Readonly<Record<string, string>>) => ({
  run: (program: string, args: readonly string[]): Promise<RunResult> =>
    Promise.resolve(ended(answers[`${program} ${args.join(' ')}`] ?? '')),
  disk: {
    read: (path: string) => {
      const text = answers[path];
      return Promise.resolve(text === undefined ? null : { bytes: Buffer.from(text), mode: 0o444, uid: 0, gid: 0 });
    },
  },
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

describe('the commands of a reset', () => {
  const commandsFor = (boot: object): readonly string[] =>
    operation.commands({ kind: 'firewall-reset', to: ['boot-files'] }, 'aaaaaaaa', { boot } as never);

  it('name the files that it will load, and no others', () => {
    const boot = { nft: '/etc/sysconfig/nftables.conf', iptables: [{ family: 6, file: '/etc/iptables/rules.v6' }] };
    expect(commandsFor(boot)).toEqual([
      'nft flush ruleset',
      'nft -f /etc/sysconfig/nftables.conf',
      'ip6tables-restore /etc/iptables/rules.v6',
    ]);
  });

  it('say so where there is no such file', () => {
    expect(commandsFor({ nft: null, iptables: [] }).join()).toMatch(/^nft flush ruleset,\(no file/);
  });
});

describe('what a reset shows', () => {
  const shown = (to: FirewallReset['to']): readonly string[] =>
    operation.preview(
      { kind: 'firewall-reset', to },
      {
        rules: {
          tables: [{ family: 'inet', name: 'mine', by: 'nft', text: 'one\ntwo' }],
          legacy: { four: '', six: '' },
        },
        files: [],
      },
      'aaaaaaaa',
    );

  it('is that all rules go where the files of the start are loaded', () =>
    expect(shown(['boot-files']).join('\n')).toMatch(/gone then[^]*^- table inet mine \(2 lines\)/m));

  it('is no such thing where a manager takes away its own alone', () => {
    expect(shown(['ufw']).join('\n')).toMatch(/those of ufw change[^]*^ {2}table inet mine/m);
    expect(shown(['ufw']).join('\n')).not.toMatch(/gone/);
  });
});

describe('the copy of all rules', () => {
  const ruleset = (tables: readonly object[]): string => JSON.stringify({ nftables: tables });
  const mine = 'table inet mine {\n}\n';
  it.each(['owner', 'owner,persist'])(
    'leaves out tables whose owner alone may change them (flags %s)',
    async (flags) => {
      const { tables } = await kernelRules(
        answering({
          'nft -j list ruleset': ruleset([]),
          'nft -s list ruleset': `table inet theirs { # progname x\n\tflags ${flags}\n}\n${mine}`,
        }),
      );
      expect(tables).toEqual([{ family: 'inet', name: 'mine', by: 'nft', text: mine }]);
    },
  );

  const broken = '{"nftables": [{"table": {"family": "inet", "name": "z", "handle": 1, "flags": ';
  const asleep = 'table inet asleep {\n\tflags dormant\n}\n';
  it('is taken of each table by itself where nft breaks off at the flags of one', async () => {
    const { tables } = await kernelRules(
      answering({
        'nft -j list ruleset': broken,
        'nft -s list ruleset': `${asleep}table ip filter {\n}\n`,
        'nft -j list table inet asleep': broken,
        'nft -j list table ip filter': ruleset([
          { rule: { family: 'ip', table: 'filter', chain: 'INPUT', expr: [{ xt: { type: 'target', name: 'LOG' } }] } },
        ]),
        'iptables-nft-save -t filter': '*filter\n-A INPUT -j LOG\nCOMMIT\n',
      }),
    );
    expect(tables).toEqual([
      { family: 'inet', name: 'asleep', by: 'nft', text: asleep },
      { family: 'ip', name: 'filter', by: 'iptables', text: '*filter\n-A INPUT -j LOG\nCOMMIT\n' },
    ]);
  });

  it('is not taken where nft breaks off at a table without such flags', async () => {
    const answers = {
      'nft -j list ruleset': broken,
      'nft -s list ruleset': mine,
      'nft -j list table inet mine': broken,
    };
    await expect(kernelRules(answering(answers))).rejects.toThrow(/could not be put back/);
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
      answering({
        'nft -j list ruleset': json,
        'nft -s list ruleset': 'table ip filter {\n}\n',
        'iptables-nft-save -t filter': saved,
      }),
    );
    expect(tables[0]?.text).toBe('*filter\n:OUTPUT DROP [0:0]\n:zeta - [0:0]\n-A OUTPUT -j zeta\nCOMMIT\n');
  });

  it('refuses what it could not put back', async () => {
    const at = { family: 'bridge', table: 'filter' };
    const json = ruleset([
      { table: { family: 'bridge', name: 'filter' } },
      { rule: { ...at, chain: 'OUTPUT', expr: [{ xt: { type: 'match', name: 'among' } }] } },
    ]);
    const answers = { 'nft -j list ruleset': json, 'nft -s list ruleset': 'table bridge filter {\n}\n' };
    await expect(kernelRules(answering(answers))).rejects.toThrow(/ebtables/);
  });

  it('does not mind counts, nor tables of iptables-legacy that hold nothing', async () => {
    const one = '*filter\n:INPUT ACCEPT [1:2]\n-A INPUT -j DROP\nCOMMIT\n*nat\n:OUTPUT ACCEPT [5:5]\nCOMMIT\n';
    const other = '# now\n*filter\n:INPUT ACCEPT [7:7]\n-A INPUT -j DROP\nCOMMIT\n';
    const rules = await Promise.all(
      [one, other, other.replace('DROP', 'ACCEPT')].map((text) =>
        kernelRules(
          answering({
            'nft -j list ruleset': ruleset([]),
            'iptables-legacy-save ': text,
            '/proc/net/ip_tables_names': 'filter\n',
          }),
        ),
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
