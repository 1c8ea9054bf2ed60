import type { Files } from '../model/system.js';
import type { TrustStore } from '../model/trust-store.js';

/** Where distributions keep the bundle: Debian, Fedora and RHEL, SUSE, Alpine and macOS, FreeBSD, RHEL 6. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/share/certs/ca-root-nss.crt',
];
const maxBundleBytes = 8 * 1024 * 1024;
const maxDirectories = 8;
const maxDirectoryFiles = 2000;
const maxCertificateBytes = 256 * 1024;

/** OpenSSL looks certificates up here by a hash of their subject. */
const hashedDirectory = '/etc/ssl/certs';
const hashedName = /^[0-9a-f]{8}\.\d{1,3}$/;

/**
 * What programs of this device trust. As in OpenSSL (SSL_CTX_set_default_verify_paths(3)), SSL_CERT_FILE stands in for
 * the system's bundle, and SSL_CERT_DIR for its directory, each by itself; NODE_EXTRA_CA_CERTS adds. Without any
 * bundle, Node's own list.
 */
export async function readTrustStore(
  files: Files,
  environment: (name: string) => string | undefined,
): Promise<TrustStore> {
  const sources: string[] = [];
  const found = new Set<string>();
  const add = async (path: string, maxBytes: number): Promise<boolean> => {
    const read = await files.read(path, maxBytes);
    const certificates = read.ok ? certificatesIn(Buffer.from(read.bytes).toString('latin1')) : [];
    if (certificates.length === 0) return false;
    sources.push(path);
    certificates.forEach((pem) => found.add(pem));
    return true;
  };
  const addHashed = async (directory: string): Promise<void> => {
    const names = ((await files.list(directory, maxDirectoryFiles)) ?? []).filter((name) => hashedName.test(name));
    for (const name of names) await add(`${directory}/${name}`, maxCertificateBytes);
  };
  const addFirst = async (paths: readonly string[]): Promise<void> => {
    for (const path of paths) if (await add(path, maxBundleBytes)) return;
  };

  const file = environment('SSL_CERT_FILE');
  const directories = environment('SSL_CERT_DIR');
  const isHollow = file !== undefined && file !== '' && !(await add(file, maxBundleBytes));
  for (const directory of (directories ?? '').split(':').filter(Boolean).slice(0, maxDirectories))
    await addHashed(directory);
  if (!file && !directories) {
    await addFirst(bundles);
    if (found.size === 0) {
      const { rootCertificates } = process.getBuiltinModule('node:tls');
      rootCertificates.forEach((pem) => found.add(pem));
      sources.push('Node.js');
    }
  } else if (!directories) {
    await addHashed(hashedDirectory);
  }
  const extra = environment('NODE_EXTRA_CA_CERTS');
  if (extra) await add(extra, maxBundleBytes);
  return { pem: [...found], sources, ...(isHollow && { hollow: { variable: 'SSL_CERT_FILE', path: file } }) };
}

/** As nearly every file spells them: taken as they are, 145 certificates in a third of the time. */
const usualLines = /^\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/=]{1,64}\n$/;

/** The certificates of a PEM text. Comments, keys and OpenSSL's own TRUSTED CERTIFICATE are left out. */
export function certificatesIn(text: string): string[] {
  const found: string[] = [];
  const begin = /-----BEGIN (?:X509 )?CERTIFICATE-----/g;
  const end = '-----END ';
  for (let match = begin.exec(text); match; match = begin.exec(text)) {
    const stop = text.indexOf(end, match.index);
    if (stop < 0) break;
    const written = text.slice(match.index + match[0].length, stop);
    if (usualLines.test(written)) {
      found.push(`-----BEGIN CERTIFICATE-----${written}-----END CERTIFICATE-----\n`);
      continue;
    }
    const body = written.replace(/[^A-Za-z0-9+/=]/g, '');
    if (body)
      found.push(
        `-----BEGIN CERTIFICATE-----\n${(body.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`,
      );
  }
  return found;
}
