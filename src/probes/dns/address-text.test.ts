import fc from 'fast-check';
import { isIP } from 'node:net';
import { describe, expect, test } from 'vitest';
import { addressBytes, ipv4Text, ipv6Text, sameAddress } from './address-text.js';

const bytesOf = (groups: readonly number[]): Uint8Array =>
  Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));

describe('IPv6 as text', () => {
  // RFC 5952 section 4.
  test.each([
    [[0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], '2001:db8::1:0:0:1'],
    [[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], '2001:db8:0:1:1:1:1:1'],
    [[0x2001, 0, 0, 1, 0, 0, 0, 1], '2001:0:0:1::1'],
    [[0, 0, 0, 0, 0, 0, 0, 0], '::'],
    [[0, 0, 0, 0, 0, 0, 0, 1], '::1'],
    [[0xfe80, 0, 0, 0, 0, 0, 0, 0], 'fe80::'],
    [[0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201], '::ffff:192.0.2.1'],
  ])('%j', (groups, text) => expect(ipv6Text(bytesOf(groups))).toBe(text));

  test('every address comes back, written as the platform reads it', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const bytes = bytesOf(groups);
        const text = ipv6Text(bytes);
        expect(isIP(text)).toBe(6);
        const read = addressBytes(text);
        expect(read?.length === 4 ? Uint8Array.from([...Array(10).fill(0), 255, 255, ...read]) : read).toEqual(bytes);
      }),
    );
  });
});

test('texts that are no addresses are refused, as the platform refuses them', () => {
  const characters = fc.string({ unit: fc.constantFrom('0', '1', '9', 'f', ':', '.', '::', '255'), maxLength: 14 });
  fc.assert(
    fc.property(characters, (text) => {
      expect(addressBytes(text) !== null).toBe(isIP(text) !== 0);
    }),
    { numRuns: 2000 },
  );
});

test('compares by value', () => {
  expect(ipv4Text(Uint8Array.of(192, 0, 2, 1))).toBe('192.0.2.1');
  expect(sameAddress('fe80::1%eth0', 'FE80:0::1')).toBe(true);
  expect(sameAddress('::ffff:192.0.2.1', '192.0.2.1')).toBe(true);
  expect(sameAddress('192.0.2.1', '192.0.2.2')).toBe(false);
  expect(sameAddress('nonsense', 'other')).toBe(false);
});
