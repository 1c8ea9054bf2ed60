import { describe, expect, it } from 'vitest';
import { checkOperation } from '../all.js';
import { without } from './crowdsec-unban.js';
import { memberIn } from './ipset-remove.js';
import { elementsIn } from './nft-element-remove.js';

const element = { kind: 'nft-element-remove', family: 'inet', table: 't', set: 's', element: '192.0.2.1' };

describe('operations on lists of bans', () => {
  it.each([
    element,
    { ...element, element: '2001:db8::/32' },
    { ...element, element: '192.0.2.1-192.0.2.9' },
    { kind: 'ipset-remove', set: 'crowdsec-blacklists', member: '192.0.2.0/24' },
    { kind: 'fail2ban-unban', jail: 'sshd', address: '2001:db8::1' },
    { kind: 'crowdsec-unban', scope: 'range', value: '192.0.2.0/24' },
  ])('take $kind', (operation) => expect(checkOperation(operation)).toEqual(operation));

  it.each([
    { ...element, element: '192.0.2.1 }; flush ruleset' },
    { ...element, element: '192.0.2.1/33' },
    { ...element, set: 's; x' },
    { ...element, family: 'bridge' },
    { ...element, more: 1 },
    { kind: 'ipset-remove', set: '-exist', member: '192.0.2.1' },
    { kind: 'ipset-remove', set: 'a', member: '--help' },
    { kind: 'fail2ban-unban', jail: '--all', address: '192.0.2.1' },
    { kind: 'fail2ban-unban', jail: 'sshd', address: 'sshd' },
    { kind: 'crowdsec-unban', scope: 'ip', value: '192.0.2.0/24' },
    { kind: 'crowdsec-unban', scope: 'all', value: '192.0.2.1' },
  ])('refuse %j', (operation) => expect(() => checkOperation(operation)).toThrow(/not valid/));

  it('read what nft prints, and see what could not be put back', () => {
    const set = {
      set: {
        elem: [
          '192.0.2.1',
          { prefix: { addr: '198.51.100.0', len: 24 } },
          { range: ['192.0.2.3', '192.0.2.9'] },
          { elem: { val: '192.0.2.7', timeout: 600, expires: 9, comment: 'x' } },
          { elem: { val: '192.0.2.8', counter: { packets: 1, bytes: 2 } } },
          { concat: ['192.0.2.1', 80] },
        ],
      },
    };
    const found = elementsIn(JSON.stringify({ nftables: [{ metainfo: {} }, set] }));
    expect(found.map(({ text, timeout, isOdd }) => [text, timeout, isOdd])).toEqual([
      ['192.0.2.1', null, false],
      ['198.51.100.0/24', null, false],
      ['192.0.2.3-192.0.2.9', null, false],
      ['192.0.2.7', 600, false],
      ['192.0.2.8', null, true],
    ]);
  });

  it('know a decision of CrowdSec by its reason and its end, whatever its number, and count each once', () => {
    const one = { id: 1, scenario: 'a/scan', endsAt: 7_200_000 };
    const again = { ...one, id: 9, endsAt: one.endsAt + 1_500 };
    const longer = { ...one, id: 2, endsAt: 10_800_000 };
    const other = { ...one, id: 3, scenario: 'a/probe' };
    expect(without([one, longer, other], [again])).toEqual([longer, other]);
    expect(without([one, one], [again])).toEqual([one]);
    expect(without([again], [one, longer])).toEqual([]);
  });

  it('read what ipset prints', () => {
    const lines = ['create s hash:net', 'add s 192.0.2.0/24 timeout 9 comment "a b"', 'add s 192.0.2.7 nomatch'];
    expect(memberIn(lines, 's', '192.0.2.0/24')).toEqual({ timeout: 9, comment: 'a b', isOdd: false });
    expect(memberIn(lines, 's', '192.0.2.7')?.isOdd).toBe(true);
    expect(memberIn(lines, 's', '192.0.2.8')).toBe(undefined);
  });
});
