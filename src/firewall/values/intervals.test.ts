import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIPv6, parseIPv4, parseIPv6, prefixLength, prefixRange } from './addresses.js';
import { contains, fromRanges, intersect, overlap, union, without } from './intervals.js';

const ranges = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 6 });
const values = Array.from({ length: 41 }, (_, i) => i);
const has = (list: readonly (readonly [number, number])[], value: number): boolean =>
  list.some(([low, high]) => low <= value && value <= high);

describe('intervals', () => {
  it('hold what their ranges hold, whatever the order and overlap', () => {
    fc.assert(
      fc.property(ranges, (list) => {
        const set = fromRanges(list);
        for (const value of values) expect(contains(set, value)).toBe(has(list, value));
        for (let i = 2; i < set.length; i += 2) expect(Number(set[i])).toBeGreaterThan(Number(set[i - 1]) + 1);
      }),
    );
  });

  it('agree with set arithmetic', () => {
    fc.assert(
      fc.property(ranges, ranges, (one, other) => {
        const [a, b] = [fromRanges(one), fromRanges(other)];
        for (const value of values) {
          expect(contains(intersect(a, b), value)).toBe(has(one, value) && has(other, value));
          expect(contains(union(a, b), value)).toBe(has(one, value) || has(other, value));
          expect(contains(without(a, b), value)).toBe(has(one, value) && !has(other, value));
        }
        const common = values.filter((value) => has(one, value) && has(other, value)).length;
        const size = values.filter((value) => has(one, value)).length;
        expect(overlap(a, b)).toBe(common === 0 ? 'none' : common === size ? 'all' : 'some');
      }),
    );
  });
});

describe('addresses', () => {
  it('come back as they were written (RFC 5952)', () => {
    for (const text of ['::', '::1', '2001:db8::1', 'fe80::1:0:0:1', '1:0:0:2::3', '2001:db8:0:1:1:1:1:1']) {
      expect(formatIPv6(parseIPv6(text) ?? -1n)).toBe(text);
    }
    expect(parseIPv6('::ffff:192.0.2.1')).toBe(0xffffc0000201n);
  });

  it('refuse what is none', () => {
    for (const text of ['1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '0x1.2.3.4', '1.2.3.', ''])
      expect(parseIPv4(text)).toBeUndefined();
    for (const text of [
      ':',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '12345::',
      '::g',
      '1:2:3:4:5:6:7::8:9',
    ]) {
      expect(parseIPv6(text)).toBeUndefined();
    }
  });

  it('know prefixes and masks', () => {
    expect(prefixRange(0xc0000207, 24)).toEqual([0xc0000200, 0xc00002ff]);
    expect(prefixRange(0xffffffff, 0)).toEqual([0, 0xffffffff]);
    expect(prefixRange(1n, 129)).toBeUndefined();
    expect(prefixLength(0xffffff00)).toBe(24);
    expect(prefixLength(0xff0000ff)).toBeUndefined();
    expect(prefixLength(0)).toBe(0);
  });
});
