import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificatesInStore } from './certificate-scan.js';
import { trustedInNss } from './nss.js';
import { rowsOf } from './sqlite-table.js';

const can = spawnSync('certutil', ['-H']).error === undefined;

/** Stores as the real certutil makes them. */
describe.skipIf(!can)('a store of NSS, by certutil', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'whoblocked-nss-'));
  afterAll(() => rmSync(home, { recursive: true }));
  const certificate = (name: string): string => path.join(home, `${name}.pem`);
  const store = (name: string): string => path.join(home, name);
  const certutil = (name: string, ...words: string[]): void =>
    void execFileSync('certutil', [...words, '-d', `sql:${store(name)}`], { stdio: 'pipe' });
  const make = (name: string): void => {
    mkdirSync(store(name));
    certutil(name, '-N', '--empty-password');
  };
  const add = (name: string, nick: string, trust: string): void =>
    certutil(name, '-A', '-n', nick, '-t', trust, '-i', certificate(nick));
  const bytesOf = (name: string): Buffer => readFileSync(path.join(store(name), 'cert9.db'));
  const names = (all: readonly Uint8Array[]): string[] =>
    all.map((der) => /CN=([^\n]*)/.exec(new X509Certificate(der).subject)?.[1] ?? '').toSorted();

  beforeAll(() => {
    const wide = Array.from({ length: 300 }, (_, i) => `DNS:a-rather-long-name-${i}.lab.example`).join(',');
    for (const name of ['one', 'two', 'wide']) {
      const extra = name === 'wide' ? ['-addext', `subjectAltName=${wide}`] : [];
      const line = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '900'];
      const files = ['-keyout', '/dev/null', '-out', certificate(name), '-subj', `/CN=${name}`];
      execFileSync('openssl', [...line, ...files, '-addext', 'basicConstraints=critical,CA:TRUE', ...extra], {
        stdio: 'pipe',
      });
    }
  });

  it.each([
    ['C,,', true],
    ['CT,C,C', true],
    ['TC,,', true],
    [',,', false],
    ['c,,', false],
    ['p,,', false],
    ['P,,', false],
    ['T,,', false],
    [',C,C', false],
  ])('with %s', (trust, trusted) => {
    const name = `trust-${trust.replaceAll(',', '_')}`;
    make(name);
    add(name, 'one', trust);
    expect(names(trustedInNss(bytesOf(name)))).toEqual(trusted ? ['one'] : []);
    expect(certificatesInStore(bytesOf(name)).length + Number(trusted)).toBeGreaterThan(0);
  });

  it('in which trust was taken away, and out of which one was thrown', () => {
    make('changed');
    add('changed', 'one', 'C,,');
    add('changed', 'two', 'C,,');
    expect(names(trustedInNss(bytesOf('changed')))).toEqual(['one', 'two']);
    certutil('changed', '-M', '-n', 'one', '-t', ',,');
    certutil('changed', '-D', '-n', 'two');
    expect(trustedInNss(bytesOf('changed'))).toEqual([]);
  });

  it('with one that is larger than a page, and with many', () => {
    make('large');
    add('large', 'wide', 'C,,');
    add('large', 'one', 'C,,');
    const [der] = trustedInNss(bytesOf('large')).filter(({ length }) => length > 4_096);
    expect(der && new X509Certificate(der).subject).toBe('CN=wide');
    expect(names(trustedInNss(bytesOf('large')))).toEqual(['one', 'wide']);
    // Each of them a row of its own, beside the settings of the store.
    expect(rowsOf(bytesOf('large'), 'nssPublic')).toHaveLength(4);
  });

  it('that is broken gives less, and never ends in an error', () => {
    make('broken');
    add('broken', 'one', 'C,,');
    const whole = bytesOf('broken');
    for (let seed = 1; seed <= 400; seed++) {
      const bytes = Buffer.from(whole.subarray(0, seed % 3 === 0 ? (seed * 7_919) % whole.length : whole.length));
      for (let i = 0; i < seed % 40; i++) {
        const at = (seed * 104_729 + i * 15_485_863) % Math.max(1, bytes.length);
        if (at < bytes.length) bytes[at] = (seed * 31 + i * 17) & 255;
      }
      expect(trustedInNss(bytes).length).toBeLessThanOrEqual(1);
    }
    expect(trustedInNss(Buffer.alloc(0))).toEqual([]);
    expect(trustedInNss(Buffer.from('SQLite format 3\0'))).toEqual([]);
  });
});

describe('an SQLite file that leads in circles', () => {
  it('is looked through once', () => {
    const page = 512;
    const bytes = Buffer.alloc(2 * page);
    bytes.write('SQLite format 3\0', 'latin1');
    bytes.writeUInt16BE(page, 16);
    // An interior page whose only child, and whose rightmost, is itself.
    bytes[100] = 0x05;
    bytes.writeUInt16BE(1, 103);
    bytes.writeUInt32BE(1, 108);
    bytes.writeUInt16BE(200, 112);
    bytes.writeUInt32BE(1, 200);
    expect(rowsOf(bytes, 'nssPublic')).toEqual([]);
  });
});
