import type { X509Certificate } from 'node:crypto';
import type { AddedRoot } from '../../model/guard-facts.js';
import type { System } from '../../model/system.js';
import { homeOfCaller } from '../accounts/home.js';
import { certificatesInStore } from '../trust-stores/certificate-scan.js';
import { trustedInJava } from '../trust-stores/java.js';
import { trustedInNss } from '../trust-stores/nss.js';

const mostBytes = 8 * 1024 * 1024;
const mostProfiles = 16;
const mostRoots = 100;
/** Where distributions keep what the public lists hold: what is there too was not added here. */
const distribution = '/usr/share/ca-certificates/mozilla';
const javaStores = ['/etc/ssl/certs/java/cacerts', '/etc/pki/ca-trust/extracted/java/cacerts'];

export interface WhichRoots {
  /** Fingerprints, and names as a certificate has them, of those that are asked for. */
  readonly wanted: ReadonlySet<string>;
  readonly productOf: (subject: string) => string | null;
}

export interface FoundRoots {
  readonly roots: AddedRoot[];
  readonly others: number;
  /** Stores that could not be looked into, and why. */
  readonly closed: readonly string[];
}

/**
 * Roots in the stores of the system, of the browsers of whoever asks, and of Java that are in no public list. Only those
 * that are asked for and those of known products are told: a company's own authorities are nobody's business.
 */
export async function addedRoots(system: System, { wanted, productOf }: WhichRoots): Promise<FoundRoots> {
  const { X509Certificate: Certificate } = process.getBuiltinModule('node:crypto');
  const publicly = await publicTexts(system);
  const roots: AddedRoot[] = [];
  const others = new Set<string>();
  const take = (der: Uint8Array, store: string, kind: AddedRoot['kind']): void => {
    if (publicly.has(Buffer.from(der).toString('base64'))) return;
    let one: X509Certificate;
    try {
      one = new Certificate(der);
    } catch {
      return; // something else that only begins like one
    }
    if (!one.ca || one.subject !== one.issuer) return;
    const subject = one.subject.replaceAll('\n', ', ').slice(0, 300);
    const { fingerprint256 } = one;
    const product = productOf(subject);
    if (product === null && !wanted.has(fingerprint256) && !wanted.has(subject)) return void others.add(fingerprint256);
    if (
      roots.length >= mostRoots ||
      roots.some((other) => other.fingerprint256 === fingerprint256 && other.kind === kind)
    )
      return;
    roots.push({ subject, fingerprint256, store, kind, product });
  };
  for (const [store, kind] of await adminStores(system)) {
    const file = await system.files.read(store, mostBytes);
    if (file.ok) for (const der of certificatesInFile(file.bytes)) take(der, store, kind);
  }
  const { pem, sources } = await system.trustedCertificates();
  // Most are public: their texts are compared before anything is decoded.
  for (const text of pem) {
    const coded = codedIn(text);
    if (!publicly.has(coded)) take(Buffer.from(coded, 'base64'), sources.join(', '), 'system');
  }
  const closed: string[] = [];
  for (const [store, kind] of await otherStores(system)) {
    const file = await system.files.read(store, mostBytes);
    if (!file.ok) {
      if (file.code === 'EACCES') closed.push(`which roots ${store} trusts (${file.code})`);
      continue;
    }
    const java = kind === 'java' ? trustedInJava(file.bytes) : null;
    if (java?.closed === true) closed.push(`which roots ${store} trusts (it is encrypted)`);
    for (const der of java?.certificates ?? trustedInNss(file.bytes)) take(der, store, kind);
  }
  return { roots, others: others.size, closed };
}

/** Where administrators and products put what is to be added: Debian, Fedora, Arch, SUSE; and what programs are told of. */
const adminFolders = [
  '/usr/local/share/ca-certificates',
  '/etc/pki/ca-trust/source/anchors',
  '/etc/ca-certificates/trust-source/anchors',
  '/etc/pki/trust/anchors',
];

async function adminStores({ files, environment }: System): Promise<(readonly [string, AddedRoot['kind']])[]> {
  const lists = await Promise.all(
    adminFolders.map(async (folder) => ((await files.list(folder, 200)) ?? []).map((name) => `${folder}/${name}`)),
  );
  const told = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'].flatMap((name) => environment(name) ?? []);
  return [...lists.flat(), ...told].map((store) => [store, 'system'] as const);
}

/** PEM, or DER as it is. */
function certificatesInFile(bytes: Uint8Array): Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]{1,20000}-----END CERTIFICATE-----/g) ?? [];
  return blocks.length > 0 ? blocks.slice(0, 1_000).map(derOf) : certificatesInStore(bytes);
}

function codedIn(pem: string): string {
  return pem.replace(/-----[^-]*-----|\s+/g, '');
}

function derOf(pem: string): Uint8Array {
  return Buffer.from(codedIn(pem), 'base64');
}

/** Node's own list (Mozilla's), and what the distribution ships beside it: older and newer roots of the same list. */
async function publicTexts({ files }: System): Promise<ReadonlySet<string>> {
  const { rootCertificates } = process.getBuiltinModule('node:tls');
  const names = (await files.list(distribution, 1_000)) ?? [];
  const shipped = await files.readAll(
    names.map((name) => `${distribution}/${name}`),
    64 * 1024,
  );
  const texts = shipped.flatMap((file) => (file.ok ? [Buffer.from(file.bytes).toString('latin1')] : []));
  return new Set([...rootCertificates, ...texts].map(codedIn));
}

/** NSS (Chromium shares one, Firefox has one a profile) and Java. */
async function otherStores(system: System): Promise<(readonly [string, AddedRoot['kind']])[]> {
  const { files } = system;
  const home = await homeOfCaller(system);
  const java = javaStores.map((store) => [store, 'java'] as const);
  if (home === null) return java;
  const folders = [`${home}/.mozilla/firefox`, `${home}/snap/firefox/common/.mozilla/firefox`];
  const profiles = await Promise.all(
    folders.map(async (folder) =>
      ((await files.list(folder, 200)) ?? []).slice(0, mostProfiles).map((name) => `${folder}/${name}/cert9.db`),
    ),
  );
  const nss = [`${home}/.pki/nssdb/cert9.db`, ...profiles.flat()];
  return [...java, ...nss.map((store) => [store, 'nss'] as const)];
}
