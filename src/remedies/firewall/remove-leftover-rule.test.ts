import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { remedy } from './remove-leftover-rule.js';

const rule = { backend: 'nft', family: 'inet', table: 'mullvad', chain: 'output', handle: 3, text: 'drop' };

function ailment(absent: readonly string[], more: object = {}): Ailment {
  const managers = { installed: [], absent, lines: [] };
  return {
    target: {},
    verdict: { cause: 'vpn-blocks', culprit: { kind: 'firewall-rule', owner: 'mullvad', rule: { ...rule, ...more } } },
    facts: { 'device.firewallManagers': { state: 'known', value: managers } },
  } as unknown as Ailment;
}

const same = [
  { handle: 3, number: 2, text: 'drop' },
  { handle: 9, number: 4, text: 'drop' },
];

describe('a rule that was left behind', () => {
  it('is taken out with all that say the same', () => {
    expect(remedy.plan(ailment(['mullvad']), { same })).toMatchObject({
      wider: true,
      operations: [{ kind: 'nft-remove', table: 'mullvad', rules: [{ handle: 3 }, { handle: 9 }] }],
    });
    const legacy = { backend: 'iptables-legacy', family: 'ip6', table: 'filter', chain: 'INPUT' };
    expect(remedy.plan(ailment(['mullvad'], legacy), { same })).toMatchObject({
      operations: [
        { kind: 'iptables-remove', backend: 'legacy', family: 6, rules: [{ position: 2 }, { position: 4 }] },
      ],
    });
  });

  it('stays where its program is there, or it is gone already', () => {
    expect(remedy.offers(ailment([]))).toBe(false);
    expect(remedy.plan(ailment(['ufw']), { same })).toHaveProperty('whyNot');
    expect(remedy.plan(ailment(['mullvad']), { same: [] })).toHaveProperty('whyNot');
  });
});
