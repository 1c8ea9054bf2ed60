import { describe, expect, it } from 'vitest';
import type { KernelRules, TableText } from './kernel-rules.js';
import { withoutLoaded } from './loaded-rules.js';

const rules = (...tables: readonly TableText[]): KernelRules => ({ tables, legacy: { four: '', six: '' } });
const nft = (name: string, text: string): TableText => ({ family: 'inet', name, by: 'nft', text });
const iptables = (...lines: readonly string[]): TableText => ({
  family: 'ip',
  name: 'filter',
  by: 'iptables',
  text: ['*filter', ...lines, 'COMMIT', ''].join('\n'),
});

describe('the tables of nftables.service', () => {
  const file = (text: string) => [{ path: '/etc/nftables.conf', text }];
  const written =
    'flush ruleset\ntable inet filter {\n\tchain input {\n\t\ttype filter hook input priority 0;\n\t}\n}\n';
  const own = nft('filter', 'table inet filter {\n\tchain input {\n\t\ttcp dport 1 drop\n\t}\n}');
  const other = nft('f2b-table', 'table inet f2b-table {\n}');

  it('go, and no other', () =>
    expect(withoutLoaded(rules(own, other), 'nftables', 'ufw', file(written))).toEqual({
      rules: rules(other),
      commands: ['nft delete table inet filter'],
    }));

  it.each([
    ['more was put into them', rules({ ...own, text: `${own.text}\n\tchain mine {\n\t}\n` }), written],
    ['iptables works in them', rules({ ...own, by: 'iptables' }), written],
    ['the file loads others', rules(own), `${written}include "/etc/nftables.d/*.nft"\n`],
    ['single orders stand in the file', rules(own), `${written}add rule inet filter input tcp dport 22 accept\n`],
    ['none of them is in force', rules(other), written],
  ])('stay where %s', (_why, now, text) =>
    expect(() => withoutLoaded(now, 'nftables', 'ufw', file(text))).toThrow(/table|file/),
  );
});

describe('the rules of netfilter-persistent', () => {
  const file = (...lines: readonly string[]) => [
    { path: '/etc/iptables/rules.v4', text: ['*filter', ...lines, 'COMMIT', ''].join('\n') },
  ];
  const reject = '-A INPUT -j REJECT --reject-with icmp-host-prohibited';
  const chains = [':INPUT DROP [0:0]', ':ufw-before-input - [0:0]', ':mine - [0:0]'];
  const jump = '-A INPUT -j ufw-before-input';

  it('go one by one, in whatever words they are written, with chains that nothing leads to any more', () => {
    const here = iptables(...chains, '-A INPUT -p tcp -m tcp --dport 22 -j mine', reject, jump, '-A mine -j ACCEPT');
    const { rules: left, commands } = withoutLoaded(
      rules(here),
      'netfilter-persistent',
      'ufw',
      file(':INPUT DROP [0:0]', ':mine - [0:0]', '-A INPUT -p tcp --dport 22 -j mine', reject, '-A mine -j ACCEPT'),
    );
    // The policy is ufw's too.
    expect(left.tables).toEqual([iptables(...chains.slice(0, 2), jump)]);
    expect(commands).toEqual([
      'iptables -D INPUT -p tcp -m tcp --dport 22 -j mine',
      'iptables -D INPUT -j REJECT --reject-with icmp-host-prohibited',
      'iptables -D mine -j ACCEPT',
    ]);
  });

  it('take their policy along, where nobody else works in that chain', () => {
    const here = iptables(':INPUT DROP [0:0]', reject);
    const { rules: left, commands } = withoutLoaded(rules(here), 'netfilter-persistent', 'firewalld', file(':INPUT DROP [0:0]', reject)); // prettier-ignore
    expect(left.tables).toEqual([iptables(':INPUT ACCEPT [0:0]')]);
    expect(commands.at(-1)).toBe('iptables -P INPUT ACCEPT');
  });

  it('are no more than those of the file: not a second one that is alike, and none of ufw’s that were saved with them', () => {
    const here = iptables(...chains.slice(0, 2), reject, jump, reject);
    const { rules: left } = withoutLoaded(rules(here), 'netfilter-persistent', 'ufw', file(reject, jump));
    expect(left.tables).toEqual([iptables(...chains.slice(0, 2), jump, reject)]);
    expect(() => withoutLoaded(rules(here), 'netfilter-persistent', 'ufw', file(jump))).toThrow(/none of the rules/);
  });
});
