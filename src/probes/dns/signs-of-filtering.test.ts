import { describe, expect, test } from 'vitest';
import { classify } from './classify.js';
import { a, cname, FLAG, type HandMade, handMade, opt, soa } from './hand-made-messages.js';
import { decodeMessage } from './message.js';
import { TYPE } from './registry.js';
import { type FilteringSign, signsOfFiltering } from './signs-of-filtering.js';
import { specialRange } from './special-ranges.js';

function signs(message: HandMade, publicName = true): FilteringSign[] {
  const asked = { id: 0x1234, name: 'www.example.net', type: TYPE.A };
  return signsOfFiltering(classify(asked, decodeMessage(handMade(message))), { publicName });
}

describe('what the resolver states', () => {
  test.each([
    [4, 'Forged Answer', 'name'],
    [15, 'Blocked', 'name'],
    [16, 'Censored', 'name'],
    [17, 'Filtered', 'name'],
    [18, 'Prohibited', 'client'],
  ])('extended error %i', (code, name, about) => {
    const stated = { sign: 'extended-error', strength: 'stated', code, name, text: 'why', about };
    expect(signs({ rcode: 2, additionals: [opt([{ code, text: 'why' }])] }, false)).toEqual([stated]);
  });

  test.each([0, 3, 6, 9, 13, 14, 19, 22, 23])('extended error %i is no policy', (code) => {
    expect(signs({ rcode: 2, additionals: [opt([{ code }])] })).toEqual([]);
  });

  test('the policy zone named in the additional section', () => {
    const reply = { rcode: 3, authorities: [soa('example.net')], additionals: [soa('rpz.local'), opt()] };
    expect(signs(reply)).toEqual([{ sign: 'policy-zone', strength: 'stated', zone: 'rpz.local' }]);
    expect(signs({ ...reply, additionals: [soa('example.net')] })).toEqual([]);
  });
});

describe('addresses of a public name', () => {
  test.each([
    ['0.0.0.0', 'unspecified', 'strong'],
    ['127.0.0.1', 'loopback', 'strong'],
    ['127.9.9.9', 'loopback', 'strong'],
    ['10.1.2.3', 'private', 'weak'],
    ['192.168.1.1', 'private', 'weak'],
    ['172.31.0.1', 'private', 'weak'],
    ['100.100.0.1', 'shared', 'weak'],
    ['198.18.0.7', 'benchmarking', 'weak'],
  ])('%s', (address, range, strength) => {
    const answers = [a('www.example.net', address)];
    expect(signs({ answers })).toEqual([{ sign: 'special-address', strength, address, range }]);
    expect(signs({ answers }, false)).toEqual([]);
  });

  test.each(['192.0.2.1', '198.51.100.1', '203.0.113.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '198.20.0.1'])(
    '%s is none',
    (address) => {
      expect(signs({ answers: [a('www.example.net', address)] })).toEqual([]);
    },
  );

  test('an ordinary one behind aliases is none', () => {
    expect(signs({ answers: [cname('www.example.net', 'x.example'), a('x.example', '192.0.2.1')] })).toEqual([]);
  });
});

test.each([
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::ffff:0.0.0.0', 'unspecified'],
  ['64:ff9b::', 'unspecified'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['64:ff9b::c000:201', null],
  ['fd00::1', 'unique-local'],
  ['fe80::1%eth0', 'link-local'],
  ['ff02::1', 'multicast'],
  ['100::1', 'discard-only'],
  ['2001:db8::1', null],
  ['2606:4700::1', null],
  ['0.1.2.3', 'this-network'],
  ['255.255.255.255', 'reserved'],
  ['224.0.0.1', 'multicast'],
  ['169.254.169.254', 'link-local'],
  ['no address', null],
])('%s lies in %s', (address, range) => expect(specialRange(address)).toBe(range));

describe('absence and flags of a public name', () => {
  test('an ordinary absence bears no sign', () => {
    expect(signs({ rcode: 3, authorities: [soa('net')] })).toEqual([]);
    expect(signs({ authorities: [soa('example.net')] })).toEqual([]);
  });

  test('no zone vouches, or one that cannot', () => {
    expect(signs({ rcode: 3 })).toEqual([{ sign: 'negative-without-zone', strength: 'weak' }]);
    expect(signs({ rcode: 3, authorities: [soa('block.invalid')] })).toEqual([
      { sign: 'negative-from-other-zone', strength: 'strong', zone: 'block.invalid' },
    ]);
  });

  test('authority where there can be none, or no recursion', () => {
    const { response, aa, rd, ra } = FLAG;
    const answers = [a('www.example.net', '192.0.2.1')];
    expect(signs({ flags: response | aa | rd | ra, answers })).toEqual([
      { sign: 'authoritative-recursor', strength: 'weak' },
    ]);
    expect(signs({ flags: response | aa | rd, answers })).toEqual([]);
    expect(signs({ flags: response | rd, rcode: 3, authorities: [soa('net')] })).toEqual([
      { sign: 'answered-without-recursion', strength: 'weak' },
    ]);
  });

  test('a block by Unbound with rpz-signal-nxdomain-ra, not the word of the zone itself', () => {
    const flags = FLAG.response | FLAG.aa | FLAG.rd;
    expect(signs({ flags, rcode: 3 }).map(({ sign }) => sign)).toEqual([
      'negative-without-zone',
      'answered-without-recursion',
    ]);
    expect(signs({ flags, rcode: 3, authorities: [soa('example.net')] })).toEqual([]);
  });

  test('a refusal', () => {
    expect(signs({ rcode: 5 })).toEqual([{ sign: 'refused', strength: 'weak' }]);
    expect(signs({ rcode: 2 })).toEqual([]);
  });

  test('what is no reply bears none', () => {
    expect(signs({ id: 1 })).toEqual([]);
    expect(signsOfFiltering({ kind: 'timed-out' }, { publicName: true })).toEqual([]);
  });
});
