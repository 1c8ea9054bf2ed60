import { rootCertificates } from 'node:tls';
import { expect, it } from 'vitest';
import { fakeSystem, type ScriptedFile } from '../../test/fake-system.js';
import { certificatesIn, readTrustStore } from './trust.js';

const pem = (body: string): string => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
const bundle = '/etc/ssl/certs/ca-certificates.crt';

const trust = async (files: Record<string, ScriptedFile>, environment: Record<string, string> = {}) =>
  readTrustStore(fakeSystem({ files }).files, (name) => environment[name]);

it("reads the system's bundle", async () => {
  expect(await trust({ [bundle]: `# a comment\n${pem('AAAA')}${pem('BBBB')}` })).toEqual({
    pem: [pem('AAAA'), pem('BBBB')],
    sources: [bundle],
  });
});

it('adds NODE_EXTRA_CA_CERTS to it', async () => {
  const store = await trust({ [bundle]: pem('AAAA'), '/ca.pem': pem('CCCC') }, { NODE_EXTRA_CA_CERTS: '/ca.pem' });
  expect(store).toEqual({ pem: [pem('AAAA'), pem('CCCC')], sources: [bundle, '/ca.pem'] });
});

it('takes SSL_CERT_FILE in its place', async () => {
  const store = await trust({ [bundle]: pem('AAAA'), '/ca.pem': pem('CCCC') }, { SSL_CERT_FILE: '/ca.pem' });
  expect(store).toEqual({ pem: [pem('CCCC')], sources: ['/ca.pem'] });
});

it('says so when SSL_CERT_FILE names what holds no certificate', async () => {
  const files = { [bundle]: pem('AAAA'), '/etc/ssl/certs/0a1b2c3d.0': pem('DDDD'), '/empty.pem': '# nothing\n' };
  const store = await trust(files, { SSL_CERT_FILE: '/empty.pem' });
  expect(store).toEqual({
    pem: [pem('DDDD')],
    sources: ['/etc/ssl/certs/0a1b2c3d.0'],
    hollow: { variable: 'SSL_CERT_FILE', path: '/empty.pem' },
  });
});

it('still looks into the hashed directory then, as OpenSSL does', async () => {
  const files = { [bundle]: pem('AAAA'), '/etc/ssl/certs/0a1b2c3d.0': pem('DDDD'), '/ca.pem': pem('CCCC') };
  expect((await trust(files, { SSL_CERT_FILE: '/ca.pem' })).pem).toEqual([pem('CCCC'), pem('DDDD')]);
  expect((await trust(files, { SSL_CERT_FILE: '/ca.pem', SSL_CERT_DIR: '/nowhere' })).pem).toEqual([pem('CCCC')]);
});

it('reads only hashed names of SSL_CERT_DIR', async () => {
  const files = { '/own/0a1b2c3d.0': pem('DDDD'), '/own/note.pem': pem('EEEE'), [bundle]: pem('AAAA') };
  expect(await trust(files, { SSL_CERT_DIR: '/own' })).toEqual({ pem: [pem('DDDD')], sources: ['/own/0a1b2c3d.0'] });
});

it("falls back to Node's own list where no bundle is", async () => {
  expect(await trust({})).toEqual({ pem: [...rootCertificates], sources: ['Node.js'] });
});

it('takes certificates alone out of a file', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';
  const trusted = '-----BEGIN TRUSTED CERTIFICATE-----\nBBBB\n-----END TRUSTED CERTIFICATE-----\n';
  expect(certificatesIn(`${key}${pem('AAAA')}`)).toEqual([pem('AAAA')]);
  expect(certificatesIn(trusted)).toEqual([]);
  expect(certificatesIn('-----BEGIN CERTIFICATE-----\nAAAA')).toEqual([]);
});
