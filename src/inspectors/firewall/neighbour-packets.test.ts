import { describe, expect, it } from 'vitest';
import { prepare } from '../../firewall/decide.js';
import { parseIptablesSave } from '../../firewall/parse/iptables-save.js';
import type { Facts } from '../../model/facts.js';
import { digestOfDecision } from './firewall.js';
import { neighbourDecisions } from './neighbour-packets.js';

const via = '2001:db8:7::1';
const choice = { address: '2001:db8:100::10', type: 'unicast', via, device: 'eth0', source: '2001:db8:7::20' };
const facts = {
  'device.routes': { state: 'known', value: { choices: [choice], defaults: [], rules: [] } },
} as unknown as Facts;

function refused(policies: { readonly input: string; readonly output: string }, ...rules: readonly string[]) {
  const dump = [
    '*filter',
    `:INPUT ${policies.input} [0:0]`,
    `:OUTPUT ${policies.output} [0:0]`,
    ...rules,
    'COMMIT',
    '',
  ];
  const ruleset = parseIptablesSave(dump.join('\n'), { family: 'ip6', backend: 'iptables-nft' });
  const flows = [{ protocol: 'tcp', address: choice.address, port: 443 }] as const;
  return neighbourDecisions(flows, prepare(ruleset), facts, digestOfDecision).map(
    ({ address, direction, verdict }) => `${direction} ${address} ${verdict}`,
  );
}

describe('the messages by which IPv6 finds the next hop', () => {
  const open = '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';

  it('belong to no connection: rules for open ones do not let them in', () =>
    expect(refused({ input: 'DROP', output: 'ACCEPT' }, open)).toEqual([`in ${via} drop`]));

  it.each([
    ['all of ICMPv6 may pass', '-A INPUT -p ipv6-icmp -j ACCEPT'],
    ['this one message may', '-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 136 -j ACCEPT'],
  ])('are let in where %s', (_why, rule) =>
    expect(refused({ input: 'DROP', output: 'ACCEPT' }, open, rule)).toEqual([]),
  );

  it('are not let in by a rule for another one', () =>
    expect(
      refused({ input: 'DROP', output: 'ACCEPT' }, open, '-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j ACCEPT'),
    ).toEqual([`in ${via} drop`]));

  it('are refused on their way out likewise, to the group of the next hop', () => {
    expect(refused({ input: 'ACCEPT', output: 'DROP' })).toEqual([`out ${via} drop`]);
    expect(refused({ input: 'ACCEPT', output: 'DROP' }, '-A OUTPUT -d ff02::1:ff00:1/128 -j ACCEPT')).toEqual([]);
  });
});
