// Certificates by openssl, made when first wanted and kept for the whole run: a root that the device trusts,
// an intermediate below it, a root that nobody trusts, and leaves that each break one thing.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { must } from '../world/process.js';
import type { CertificateKind, MadeCertificate, TlsSettings } from './description.js';

const DAY = 86_400_000;
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

interface Authority {
  directory: string;
  certificate: string;
  key: string;
}

const CONFIG = (directory: string): string => `[ca]
default_ca = lab
[lab]
database = ${directory}/index.txt
new_certs_dir = ${directory}
serial = ${directory}/serial
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
email_in_dn = no
[any]
commonName = supplied
organizationName = optional
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
`;

/** UTCTime or GeneralizedTime as `openssl ca` takes it. */
function stamp(when: number): string {
  return `${new Date(when).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

export class Certificates {
  readonly #directory: string;
  #roots: Promise<{ root: Authority; intermediate: Authority; stranger: Authority }> | null = null;
  readonly #made = new Map<string, Promise<MadeCertificate>>();
  readonly #strangers = new Map<string, Promise<Authority>>();
  readonly #trusted = new Map<string, Promise<Authority>>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true, mode: 0o755 });
  }

  /** The root that the device is told to trust (SSL_CERT_FILE). */
  async trustedRoot(): Promise<string> {
    return (await this.#authorities()).root.certificate;
  }

  make(settings: TlsSettings): Promise<MadeCertificate> {
    const key = JSON.stringify([
      settings.certificate,
      settings.names ?? null,
      settings.staple === true,
      settings.issuer ?? null,
    ]);
    let made = this.#made.get(key);
    if (made === undefined) {
      const number = this.#made.size;
      // One at a time: `openssl ca` keeps its database in files.
      made = this.#queue.then(() => this.#make(settings, path.join(this.#directory, `leaf-${number}`)));
      this.#queue = made.catch(() => undefined);
      this.#made.set(key, made);
    }
    return made;
  }

  #authorities(): Promise<{ root: Authority; intermediate: Authority; stranger: Authority }> {
    this.#roots ??= (async () => {
      const [root, stranger] = await Promise.all([
        this.#root('root', 'Lab Root CA'),
        this.#root('stranger', 'Unheard-of Root CA'),
      ]);
      const intermediate = await this.#root('intermediate', 'Lab Issuing CA', root);
      return { root, intermediate, stranger };
    })();
    return this.#roots;
  }

  /** A root of that name which nobody trusts. */
  #stranger(commonName: string): Promise<Authority> {
    const made = this.#strangers.get(commonName) ?? this.#root(`stranger-${this.#strangers.size}`, commonName);
    this.#strangers.set(commonName, made);
    return made;
  }

  /** An authority of that name which the device trusts, since the lab's root signed it. */
  #below(commonName: string, root: Authority): Promise<Authority> {
    const made = this.#trusted.get(commonName) ?? this.#root(`below-${this.#trusted.size}`, commonName, root);
    this.#trusted.set(commonName, made);
    return made;
  }

  async #root(label: string, commonName: string, above?: Authority): Promise<Authority> {
    const directory = path.join(this.#directory, label);
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    const made = { directory, certificate: `${directory}/ca.pem`, key: `${directory}/ca.key` };
    writeFileSync(`${directory}/index.txt`, '');
    writeFileSync(`${directory}/ca.cnf`, CONFIG(directory));
    await must('openssl', [
      'req', '-x509', ...EC, '-keyout', made.key, '-out', made.certificate, '-days', '3650',
      '-subj', `/O=Fault Lab/CN=${commonName.replaceAll('/', '\\/')}`,
      '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign,digitalSignature',
      ...(above === undefined ? [] : ['-CA', above.certificate, '-CAkey', above.key]),
    ]); // prettier-ignore
    return made;
  }

  async #make(settings: TlsSettings, base: string): Promise<MadeCertificate> {
    const { root, intermediate, stranger } = await this.#authorities();
    const kind = settings.certificate;
    const names = settings.names ?? (kind === 'other-name' ? ['www.example.net'] : ['*.example.com', 'example.com']);
    const made: MadeCertificate = { key: `${base}.key`, chain: `${base}.pem`, clientAuthority: root.certificate };
    const subject =
      kind === 'escape-sequences'
        ? `/O=\u001b[31mEvil\u001b]0;title\u0007/CN=${names[0] ?? ''}`
        : `/O=Fault Lab/CN=${names[0] ?? ''}`;
    const asked = [
      '-utf8', '-subj', subject,
      '-addext', `subjectAltName=${names.map((name) => (/^[\d.]+$|:/.test(name) ? `IP:${name}` : `DNS:${name}`)).join(',')}`,
    ]; // prettier-ignore
    if (kind === 'self-signed') {
      await must('openssl', [
        'req',
        '-x509',
        ...EC,
        '-keyout',
        made.key,
        '-out',
        made.chain,
        '-days',
        '90',
        ...asked,
        '-addext',
        'basicConstraints=critical,CA:FALSE',
      ]);
      return made;
    }
    const unheardOf =
      settings.issuer === undefined || kind !== 'unknown-root' ? stranger : await this.#stranger(settings.issuer);
    const named =
      settings.issuer === undefined || kind === 'unknown-root'
        ? intermediate
        : await this.#below(settings.issuer, root);
    const issuer = kind === 'unknown-root' ? unheardOf : named;
    await must('openssl', ['req', '-new', ...EC, '-keyout', made.key, '-out', `${base}.csr`, ...asked]);
    const leaf = `${base}.leaf.pem`;
    const [from, to] = validity(kind);
    await must('openssl', [
      'ca', '-batch', '-notext', '-utf8', '-config', `${issuer.directory}/ca.cnf`, '-extensions', 'leaf',
      '-cert', issuer.certificate, '-keyfile', issuer.key, '-in', `${base}.csr`, '-out', leaf,
      '-startdate', stamp(from), '-enddate', stamp(to),
    ]); // prettier-ignore
    const chain =
      kind === 'incomplete'
        ? [leaf]
        : kind === 'unknown-root'
          ? [leaf, issuer.certificate]
          : [leaf, issuer.certificate];
    await concatenate(chain, made.chain);
    if (kind === 'revoked') {
      await must('openssl', [
        'ca',
        '-config',
        `${issuer.directory}/ca.cnf`,
        '-cert',
        issuer.certificate,
        '-keyfile',
        issuer.key,
        '-revoke',
        leaf,
        '-crl_reason',
        'keyCompromise',
      ]);
    }
    if (kind === 'revoked' || settings.staple === true) {
      made.ocsp = `${base}.ocsp`;
      await must('openssl', [
        'ocsp', '-index', `${issuer.directory}/index.txt`, '-CA', issuer.certificate, '-rsigner', issuer.certificate, '-rkey', issuer.key,
        '-issuer', issuer.certificate, '-cert', leaf, '-respout', made.ocsp, '-ndays', '7', '-resp_no_certs',
      ]); // prettier-ignore
    }
    return made;
  }
}

function validity(kind: CertificateKind): readonly [number, number] {
  const now = Date.now();
  if (kind === 'expired') return [now - 97 * DAY, now - 7 * DAY];
  if (kind === 'not-yet-valid') return [now + 3 * DAY, now + 93 * DAY];
  if (kind === 'short-lived') return [now - 60_000, now + 3_600_000];
  return [now - 10 * DAY, now + 80 * DAY];
}

async function concatenate(files: readonly string[], into: string): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const parts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  writeFileSync(into, parts.join('\n'));
}
