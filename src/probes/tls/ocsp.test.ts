import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Certificate, parseCertificate } from './certificate.js';
import { authorityExtensions, type Issued, serverExtensions, Workshop } from './fixtures/authority.js';
import { readOcsp } from './ocsp.js';

const workshop = new Workshop();
afterAll(() => workshop.close());

let authority: Issued;
let stranger: Issued;
let delegate: Issued;
let leaf: Issued;
let other: Issued;
const parsed = (issued: Issued): Certificate =>
  parseCertificate(Buffer.from(issued.pem.replace(/-----.*-----|\s/g, ''), 'base64'));

beforeAll(() => {
  authority = workshop.issue({ subject: '/CN=Authority', extensions: authorityExtensions });
  stranger = workshop.issue({ subject: '/CN=Stranger', extensions: authorityExtensions });
  delegate = workshop.issue({
    subject: '/CN=Responder',
    extensions: ['extendedKeyUsage=OCSPSigning'],
    issuer: authority,
  });
  leaf = workshop.issue({
    subject: '/CN=shop.example',
    extensions: serverExtensions('DNS:shop.example'),
    issuer: authority,
  });
  other = workshop.issue({
    subject: '/CN=else.example',
    extensions: serverExtensions('DNS:else.example'),
    issuer: authority,
  });
});

/** An answer about a certificate, made by openssl and signed by whom it says. */
function answer(about: Issued, status: 'V' | 'R' | 'unknown', signer: Issued, ...more: string[]): Buffer {
  const serial = parsed(about).x509.serialNumber;
  const revoked = status === 'R' ? '250101000000Z' : '';
  const line = status === 'unknown' ? '' : `${status}\t490101000000Z\t${revoked}\t${serial}\tunknown\t/CN=x\n`;
  writeFileSync(workshop.path('ocsp.index'), line);
  workshop.openssl('ocsp', '-issuer', authority.file, '-cert', about.file, '-no_nonce', '-reqout', 'ocsp.request');
  workshop.openssl(
    'ocsp',
    '-index',
    'ocsp.index',
    '-CA',
    authority.file,
    '-rsigner',
    signer.file,
    '-rkey',
    signer.keyFile,
    '-reqin',
    'ocsp.request',
    '-respout',
    'ocsp.response',
    '-ndays',
    '1',
    ...more,
  );
  return readFileSync(workshop.path('ocsp.response'));
}

const read = (response: Buffer, now = Date.now()): string => readOcsp(response, parsed(leaf), parsed(authority), now);

test('good, revoked and unknown, signed by the authority or by whom it appointed', () => {
  expect(read(answer(leaf, 'V', authority))).toBe('good');
  expect(read(answer(leaf, 'R', authority))).toBe('revoked');
  expect(read(answer(leaf, 'unknown', authority))).toBe('unknown');
  expect(read(answer(leaf, 'R', delegate))).toBe('revoked');
});

test('anybody else’s word counts for nothing', () => {
  expect(read(answer(leaf, 'R', stranger))).toBe('unreadable');
  expect(read(answer(leaf, 'R', leaf))).toBe('unreadable');
});

test('an answer about another certificate, and one that is out of date', () => {
  expect(read(answer(other, 'R', authority))).toBe('unreadable');
  expect(read(answer(leaf, 'V', authority), Date.now() + 3 * 86_400_000)).toBe('unreadable');
});

test('no answer, a torn one, a changed one, noise', () => {
  expect(readOcsp(null, parsed(leaf), parsed(authority), Date.now())).toBe('absent');
  const whole = answer(leaf, 'R', authority);
  for (let cut = 1; cut < whole.length; cut += 7) expect(read(whole.subarray(0, cut))).toBe('unreadable');
  for (let at = 0; at < whole.length; at += 5) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 0x55;
    expect(['unreadable', 'revoked']).toContain(read(changed));
  }
  expect(read(Buffer.alloc(500, 0x30))).toBe('unreadable');
});
