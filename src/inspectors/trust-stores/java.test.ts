import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { trustedInJava } from './java.js';

const ders = rootCertificates.slice(0, 3).map((pem) => Buffer.from(pem.replace(/-----[^-]*-----|\s/g, ''), 'base64'));
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const text = (value: string): Buffer => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)]);
const certificate = (der: Buffer): Buffer => Buffer.concat([text('X.509'), number(der.length), der]);
const head = (kind: number): Buffer => Buffer.concat([number(kind), text('alias'), Buffer.alloc(8)]);
const [first = Buffer.alloc(0), second = Buffer.alloc(0), third = Buffer.alloc(0)] = ders;
const store = Buffer.concat([
  number(0xfeedfeed),
  number(2),
  number(3),
  head(2),
  certificate(first),
  head(1), // a key, with the chain that belongs to it
  number(7),
  Buffer.from('keykeyk'),
  number(1),
  certificate(second),
  head(2),
  certificate(third),
  Buffer.alloc(20, 7), // its checksum
]);

describe('a key store of Java', () => {
  it('trusts its certificates, and not those that belong to its keys', () => {
    const { certificates, closed } = trustedInJava(store);
    expect(certificates.map((one) => Buffer.from(one))).toEqual([first, third]);
    expect(closed).toBe(false);
  });

  it('that is broken gives less', () => {
    for (let length = 0; length < store.length; length += 97)
      expect(trustedInJava(store.subarray(0, length)).certificates.length).toBeLessThanOrEqual(2);
    const many = Buffer.from(store);
    many.writeUInt32BE(0xffffffff, 8);
    expect(trustedInJava(many).certificates).toHaveLength(2);
  });

  const can = spawnSync('keytool', ['-help']).error === undefined;
  it.skipIf(!can)('in PKCS #12, by keytool: open as that of the system is, and encrypted', () => {
    const home = mkdtempSync(path.join(tmpdir(), 'whoblocked-java-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const made = (name: string, ...options: string[]): Buffer => {
      const file = path.join(home, name);
      const line = ['-importcert', '-noprompt', '-alias', 'one', '-keystore', file, '-storetype', 'PKCS12'];
      execFileSync('keytool', [...options, ...line, '-storepass', 'changeit'], {
        input: rootCertificates[0] ?? '',
        stdio: 'pipe',
      });
      return readFileSync(file);
    };
    const open = ['certProtection', 'mac'].map((what) => `-J-Dkeystore.pkcs12.${what}Algorithm=NONE`);
    const { certificates, closed } = trustedInJava(made('open.p12', ...open));
    expect([certificates.map((one) => Buffer.from(one)), closed]).toEqual([[first], false]);
    expect(trustedInJava(made('closed.p12'))).toEqual({ certificates: [], closed: true });
  });
});
