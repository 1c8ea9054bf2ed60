import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, canonical, familyOf, inPrefix, scopeOf, translatedIpv4 } from './address.js';

/** Texts that are nearly addresses: the pieces of which both kinds are made, in any order. */
const pieces = [
  '0',
  '1',
  '9',
  'f',
  'A',
  '255',
  '256',
  '01',
  'ffff',
  '12345',
  ':',
  '::',
  '.',
  '%',
  'eth0',
  ' ',
  'g',
  '1.2.3.4',
  '1:2:3:4:5:6:7',
];
const nearly = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''));
const texts = fc.oneof(fc.ipV4(), fc.ipV6(), nearly, fc.string());

describe('addresses', () => {
  it('are what Node takes for addresses', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(familyOf(text)).toBe(isIP(text));
        expect(bytesOf(text)?.length ?? 0).toBe([0, 4, 16][[0, 4, 6].indexOf(isIP(text.split('%')[0] ?? ''))]);
      }),
      { numRuns: 5_000 },
    );
  });
  it('are spelled as RFC 5952 and the URL standard spell them', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        expect(`[${canonical(text)}]`).toBe(new URL(`http://[${text}]/`).hostname);
      }),
      { numRuns: 2_000 },
    );
  });
  it('lie in prefixes', () => {
    expect(inPrefix('192.0.2.127', '192.0.2.0/25')).toBe(true);
    expect(inPrefix('192.0.2.128', '192.0.2.0/25')).toBe(false);
    expect(inPrefix('fe80::1%eth0', 'fe80::/10')).toBe(true);
    expect(inPrefix('fec0::1', 'fe80::/10')).toBe(false);
    expect(inPrefix('2001:db8::1', '2001:db8::1')).toBe(true);
    expect(inPrefix('192.0.2.1', '::/0')).toBe(false);
    for (const bad of ['192.0.2.0/33', '192.0.2.0/-1', '192.0.2.0/x', 'x/8'])
      expect(inPrefix('192.0.2.1', bad)).toBe(false);
  });
  it('are of a kind', () => {
    const kinds = [
      '0.0.0.0',
      '127.1.2.3',
      '::1',
      'fe80::1%eth0',
      '172.31.0.1',
      '172.32.0.1',
      '::ffff:10.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
      'no address',
    ].map(scopeOf);
    expect(kinds).toEqual([
      'unspecified',
      'loopback',
      'loopback',
      'link-local',
      'private',
      'public',
      'private',
      'reserved',
      'multicast',
      'public',
    ]);
  });
});

it('finds the IPv4 address that a translator is asked for, in the well-known prefix alone', () => {
  expect(translatedIpv4('64:ff9b::cb00:7101')).toBe('203.0.113.1');
  expect(translatedIpv4('64:ff9b::203.0.113.1')).toBe('203.0.113.1');
  for (const other of ['64:ff9b:1::cb00:7101', '64:ff9b::1:cb00:7101', '2001:db8::cb00:7101', '203.0.113.1'])
    expect(translatedIpv4(other)).toBeNull();
});
