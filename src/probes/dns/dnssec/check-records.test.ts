import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ResourceRecord } from '../message.js';
import type { Signature, ZoneKey } from '../record-data.js';
import { CLASS_IN, TYPE } from '../registry.js';
import { signedBytes } from './canonical.js';
import { checkRecords } from './check-records.js';
import { isDigestOf, keyTagOf } from './keys.js';

const hex = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');
const address = (name: string, text: string): ResourceRecord => ({
  name,
  type: TYPE.A,
  typeName: 'A',
  class: CLASS_IN,
  ttl: 60,
  data: { kind: 'A', address: text },
});

// RFC 6605, 6.1.
const zone = 'example.net';
const key: ZoneKey = {
  flags: 257,
  protocol: 3,
  algorithm: 13,
  key: hex('GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA=='),
};
const www = [address('www.example.net', '192.0.2.1')];
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;
const signature: Signature = {
  covers: TYPE.A,
  algorithm: 13,
  labels: 3,
  originalTtl: 3600,
  expiration: Date.parse('2010-09-09T10:04:39Z') / 1000,
  inception: Date.parse('2010-08-12T10:04:39Z') / 1000,
  keyTag: 55_648,
  signer: 'example.net',
  signature: hex('qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw=='),
};
const during = at('2010-09-01');

describe('a key', () => {
  it('has the tag and the digest that RFC 6605 gives', () => {
    expect(keyTagOf(key)).toBe(55_648);
    const digest = {
      keyTag: 55_648,
      algorithm: 13,
      digestType: 2,
      digest: 'b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17',
    };
    expect(isDigestOf(digest, 'EXAMPLE.net.', key)).toBe(true);
    expect(isDigestOf({ ...digest, digest: digest.digest.replace('b4', 'b5') }, zone, key)).toBe(false);
    expect(isDigestOf(digest, 'example.org', key)).toBe(false);
    expect(isDigestOf({ ...digest, digestType: 3 }, zone, key)).toBeNull();
  });
});

describe('a signature', () => {
  const check = (records = www, signatures = [signature], keys = [key], now = during) =>
    checkRecords(records, signatures, zone, keys, now).flaw;

  it('of RFC 6605 holds, whatever the time that the record may be kept and the case of its name', () => {
    expect(check()).toBeUndefined();
    expect(check([address('WWW.Example.NET', '192.0.2.1')])).toBeUndefined();
  });

  it('is told apart by what is wrong with it', () => {
    expect(check(www, [signature], [key], at('2011-01-01'))).toBe('signature-expired');
    expect(check(www, [signature], [key], at('2010-01-01'))).toBe('signature-not-yet-valid');
    expect(check([address('www.example.net', '192.0.2.2')])).toBe('signature-wrong');
    expect(check([...www, address('www.example.net', '192.0.2.2')])).toBe('signature-wrong');
    expect(check(www, [])).toBe('signature-missing');
    expect(check(www, [{ ...signature, signer: 'example.org' }])).toBe('signature-missing');
    expect(check(www, [{ ...signature, keyTag: 1 }])).toBe('key-missing');
    expect(check(www, [signature], [{ ...key, flags: 257 | 0x80 }])).toBe('key-missing');
    expect(check(www, [{ ...signature, algorithm: 253 }])).toBe('not-checked');
    expect(check(www, [{ ...signature, signature: 'ff' }])).toBe('signature-wrong');
    expect(check(www, [signature], [{ ...key, key: 'ff'.repeat(64) }])).toBe('key-missing');
  });

  it('that holds counts more than one beside it that does not', () => {
    expect(check(www, [{ ...signature, keyTag: 1 }, signature])).toBeUndefined();
  });
});

describe('signatures of every algorithm', () => {
  const jwk = (one: KeyObject): Record<string, unknown> => ({ ...one.export({ format: 'jwk' }) });
  const raw = (value: unknown): Buffer => Buffer.from(String(value), 'base64url');
  const made = {
    8: () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
    10: () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
    13: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    14: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    15: () => generateKeyPairSync('ed25519'),
  } as const;
  const hashes = { 8: 'sha256', 10: 'sha512', 13: 'sha256', 14: 'sha384', 15: null } as const;

  it.each([8, 10, 13, 14, 15] as const)('%i', (algorithm) => {
    const pair = made[algorithm]();
    const { e, n, x, y } = jwk(pair.publicKey);
    const bytes =
      n !== undefined
        ? Buffer.concat([Buffer.from([raw(e).length]), raw(e), raw(n)])
        : Buffer.concat([raw(x), ...(y === undefined ? [] : [raw(y)])]);
    const own: ZoneKey = { flags: 256, protocol: 3, algorithm, key: bytes.toString('hex') };
    // Made from a wildcard: *.example.net.
    const records = [address('b.a.example.net', '192.0.2.9'), address('b.a.example.net', '192.0.2.1')];
    const unsigned: Signature = { ...signature, algorithm, labels: 2, keyTag: keyTagOf(own), signature: '' };
    const over = signedBytes(records, unsigned);
    if (!over) throw new Error('not to be signed');
    const done = sign(hashes[algorithm], over, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }).toString('hex');
    const check = (list: readonly ResourceRecord[]) =>
      checkRecords(list, [{ ...unsigned, signature: done }], zone, [own], during).flaw;
    expect(check(records.toReversed())).toBeUndefined();
    expect(check([...records, ...records])).toBeUndefined();
    expect(check(records.slice(1))).toBe('signature-wrong');
  });
});
