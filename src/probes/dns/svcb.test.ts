import { describe, expect, test } from 'vitest';
import { decoded, handMade, u16, wireName } from './hand-made-messages.js';
import type { RecordData } from './record-data.js';
import { TYPE } from './registry.js';

/** dns-packet writes SVCB and HTTPS as type 0 without a word, so the vectors are those of RFC 9460 appendix D. */
function svcb(hex: string, type: number = TYPE.SVCB): RecordData | undefined {
  const data = [...Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')];
  return decoded(handMade({ answers: [{ owner: 'example.com', type, data }] })).answers[0]?.data;
}

const foo = '03 666f6f 07 6578616d706c65 03 636f6d 00';
const fooOrg = '03 666f6f 07 6578616d706c65 03 6f7267 00';
const empty = {
  alpn: [],
  noDefaultAlpn: false,
  port: null,
  ipv4hint: [],
  ipv6hint: [],
  ech: false,
  mandatory: [],
  otherKeys: [],
};

describe('vectors of RFC 9460', () => {
  test('figure 2: AliasMode', () => {
    expect(svcb(`0000 ${foo}`, TYPE.HTTPS)).toEqual({
      kind: 'HTTPS',
      priority: 0,
      target: 'foo.example.com',
      ...empty,
    });
  });

  test('figure 3: the target is "."', () => {
    expect(svcb('0001 00')).toEqual({ kind: 'SVCB', priority: 1, target: '.', ...empty });
  });

  test('figure 4: a port', () => {
    expect(svcb(`0010 ${foo} 0003 0002 0035`)).toMatchObject({ priority: 16, target: 'foo.example.com', port: 53 });
  });

  test('figures 5 and 6: a key without a name', () => {
    expect(svcb(`0001 ${foo} 029b 0005 68656c6c6f`)).toMatchObject({ otherKeys: [667] });
    expect(svcb(`0001 ${foo} 029b 0009 68656c6c6fd2716f6f`)).toMatchObject({ otherKeys: [667] });
  });

  test('figures 7 and 8: IPv6 hints', () => {
    const hints = '0006 0020 20010db8000000000000000000000001 20010db8000000000000000000530001';
    expect(svcb(`0001 ${foo} ${hints}`)).toMatchObject({ ipv6hint: ['2001:db8::1', '2001:db8::53:1'] });
    expect(svcb('0001 07 6578616d706c65 03 636f6d 00 0006 0010 20010db8012203440000000 0c0000221')).toMatchObject({
      target: 'example.com',
      ipv6hint: ['2001:db8:122:344::c000:221'],
    });
  });

  test('figure 9: mandatory keys, two protocols, an IPv4 hint', () => {
    expect(svcb(`0010 ${fooOrg} 0000 0004 0001 0004 0001 0009 02 6832 05 68332d3139 0004 0004 c0000201`)).toEqual({
      kind: 'SVCB',
      priority: 16,
      target: 'foo.example.org',
      ...empty,
      alpn: ['h2', 'h3-19'],
      ipv4hint: ['192.0.2.1'],
      mandatory: [1, 4],
    });
  });

  test('figure 10: a protocol with a backslash and a comma', () => {
    expect(svcb(`0010 ${fooOrg} 0001 000c 08 665c6f6f2c626172 02 6832`)).toMatchObject({ alpn: ['f\\\\oo,bar', 'h2'] });
  });
});

describe('other good records', () => {
  test('as a large site publishes them', () => {
    const record = `0001 00 0001 0006 02 6833 02 6832 0002 0000 0004 0008 c0000201 c0000202 0005 0003 010203`;
    expect(svcb(record, TYPE.HTTPS)).toMatchObject({
      kind: 'HTTPS',
      alpn: ['h3', 'h2'],
      noDefaultAlpn: true,
      ech: true,
      ipv4hint: ['192.0.2.1', '192.0.2.2'],
    });
  });

  test('AliasMode ignores parameters, also wrong ones', () => {
    expect(svcb(`0000 ${foo} 0003 0003 000035`)).toEqual({
      kind: 'SVCB',
      priority: 0,
      target: 'foo.example.com',
      ...empty,
    });
  });

  test('long lists are cut', () => {
    const data = [...u16(1), 0, ...u16(4), ...u16(400), ...Array.from({ length: 400 }, () => 1)];
    const record = decoded(handMade({ answers: [{ owner: 'x', type: TYPE.HTTPS, data }] })).answers[0]?.data;
    expect(record).toMatchObject({ kind: 'HTTPS', ipv4hint: Array.from({ length: 16 }, () => '1.1.1.1') });
  });
});

describe('malformed records', () => {
  test.each([
    ['no target', '0001', 'name-past-end'],
    ['a compressed target', '0001 c00c', 'pointer-not-allowed'],
    ['keys out of order', '0001 00 0003 0002 0035 0001 0003 02 6832', 'data-form'],
    ['a key twice', '0001 00 0003 0002 0035 0003 0002 0036', 'data-form'],
    ['a port of three bytes', '0001 00 0003 0003 000035', 'data-length'],
    ['a value cut off', '0001 00 0003 0005 0035', 'data-past-end'],
    ['half a key', '0001 00 00', 'data-past-end'],
    ['an empty protocol', '0001 00 0001 0001 00', 'data-length'],
    ['no protocol', '0001 00 0001 0000', 'data-length'],
    ['a protocol longer than the value', '0001 00 0001 0002 05 68', 'data-past-end'],
    ['no-default-alpn without alpn', '0001 00 0002 0000', 'data-form'],
    ['no-default-alpn with a value', '0001 00 0001 0003 02 6832 0002 0001 00', 'data-length'],
    ['hints of five bytes', '0001 00 0004 0005 0102030405', 'data-length'],
    ['no hint', '0001 00 0006 0000', 'data-length'],
    ['mandatory keys that are missing', '0001 00 0000 0002 0001', 'data-form'],
    ['mandatory naming itself', '0001 00 0000 0002 0000', 'data-form'],
    ['mandatory keys out of order', '0001 00 0000 0004 0004 0001 0001 0003 02 6832 0004 0004 c0000201', 'data-form'],
    ['an empty configuration for ECH', '0001 00 0005 0000', 'data-length'],
  ])('%s', (_, hex, problem) => expect(svcb(hex, TYPE.HTTPS)).toMatchObject({ kind: 'malformed', problem }));

  test('a target longer than a name may be', () => {
    const label = [63, ...Array.from({ length: 63 }, () => 97)];
    const data = [...u16(1), ...label, ...label, ...label, ...label, ...wireName('x')];
    expect(decoded(handMade({ answers: [{ owner: 'x', type: TYPE.SVCB, data }] })).answers[0]?.data).toMatchObject({
      kind: 'malformed',
      problem: 'name-too-long',
    });
  });
});
