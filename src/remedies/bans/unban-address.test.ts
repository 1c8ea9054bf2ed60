import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { covers, remedy } from './unban-address.js';

function ailment(rule: object, { owner, bans }: { owner?: string; bans?: object[] } = {}): Ailment {
  const lists = [{ by: owner, state: 'answers', bans: bans ?? [] }];
  return {
    target: { input: 'https://198.51.100.10/' },
    verdict: { cause: 'client-banned', culprit: { kind: 'firewall-rule', rule, owner } },
    facts: {
      target: { literal: 4, host: '198.51.100.10', port: 443 },
      'device.bans': { state: 'known', value: { asked: [], lists } },
    },
  } as unknown as Ailment;
}

const nftRule = { backend: 'nft', family: 'inet', table: 'bans', chain: 'in', text: 'ip saddr @bad drop' };

describe('taking an address off a list', () => {
  it('asks the owner of the list, for the jail that the rule belongs to', () => {
    const banned = [
      { address: '198.51.100.10', list: 'sshd', element: null },
      { address: '198.51.100.10', list: 'web', element: null },
      { address: '192.0.2.1', list: 'sshd', element: null },
    ];
    const one = ailment({ ...nftRule, text: 'ip saddr @addr-set-sshd drop' }, { owner: 'fail2ban', bans: banned });
    expect(remedy.offers(one)).toBe(true);
    expect(remedy.plan(one, { found: [] })).toMatchObject({
      operations: [{ kind: 'fail2ban-unban', jail: 'sshd', address: '198.51.100.10' }],
      wider: true,
    });
  });

  it('takes only what is about the target out of a set, in the words of its table', () => {
    const found = [{ in: 'nft', set: 'bad', element: '198.51.100.0/24' }] as const;
    const plan = remedy.plan(ailment(nftRule), { found });
    expect(plan).toMatchObject({
      operations: [
        { kind: 'nft-element-remove', family: 'inet', table: 'bans', set: 'bad', element: '198.51.100.0/24' },
      ],
      opens: [expect.anything(), 'all of 198.51.100.0/24, not this address alone'],
    });
  });

  it('leaves rules without a list, and those for all but a list, alone', () => {
    expect(remedy.offers(ailment({ ...nftRule, text: 'tcp dport 443 drop' }))).toBe(false);
    expect(remedy.offers(ailment({ ...nftRule, text: 'ip saddr != @good drop' }))).toBe(false);
    const text = '-A INPUT -m set ! --match-set good src -j DROP';
    expect(remedy.offers(ailment({ ...nftRule, backend: 'iptables-nft', text }))).toBe(false);
    expect(remedy.plan(ailment(nftRule), { found: [] })).toHaveProperty('whyNot');
  });

  it('says that a list which many share may be right', () => {
    const bans = [{ address: '198.51.100.10', list: 'firehol', element: null, origin: 'lists' }];
    expect(remedy.plan(ailment(nftRule, { owner: 'crowdsec', bans }), { found: [] })).toMatchObject({
      operations: [{ kind: 'crowdsec-unban', scope: 'ip', value: '198.51.100.10' }],
      blockLooksRight: expect.stringContaining('others have reported') as unknown,
    });
  });

  it.each([
    ['198.51.100.0/24', true],
    ['198.51.100.9-198.51.100.20', true],
    ['198.51.100.11-198.51.100.20', false],
    ['198.51.100.10', true],
    ['2001:db8::/32', false],
  ])('%s covers the address: %s', (element, is) => expect(covers(element, '198.51.100.10')).toBe(is));
});
