import { certificatesInStore } from './certificate-scan.js';

const mostEntries = 2_000;
const longestCertificate = 64 * 1024;
const [jks, jceks] = [0xfeedfeed, 0xcececece];
/** Of PKCS #12: a certificate that may sign others (oracle's trustedKeyUsage, 2.16.840.1.113894.746875.1.1), as DER has it. */
const trustedKeyUsage = Buffer.from('060c6086480186f966adca7b0101', 'hex');

export interface JavaStore {
  readonly certificates: readonly Uint8Array[];
  /** It is encrypted as a whole, so that nobody can look into it without its password. */
  readonly closed: boolean;
}

/**
 * The certificates that a key store of Java trusts. In its own format (JKS) what is trusted and what belongs to a key are two
 * kinds of entries; in PKCS #12 those of the system are not encrypted since Java 18, while keytool encrypts its own.
 */
export function trustedInJava(bytes: Uint8Array): JavaStore {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.length >= 12 ? view.readUInt32BE(0) : 0;
  if (magic === jks || magic === jceks) return { certificates: entriesOf(view), closed: false };
  const all = certificatesInStore(bytes).filter(isCertificate);
  // What is said of a certificate stands behind it, in the same bag.
  const certificates = all.filter((one, i) => {
    const end = one.byteOffset - bytes.byteOffset + one.length;
    const next = all[i + 1];
    return view.subarray(end, next ? next.byteOffset - bytes.byteOffset : view.length).includes(trustedKeyUsage);
  });
  return { certificates, closed: all.length === 0 && view[0] === 0x30 };
}

function isCertificate(der: Uint8Array): boolean {
  try {
    return new (process.getBuiltinModule('node:crypto').X509Certificate)(der).subject !== '';
  } catch {
    return false;
  }
}

/** JKS: magic, version, count; each entry: 1 a key with its chain, 2 a trusted certificate; alias, time, content. */
function entriesOf(view: Buffer): Uint8Array[] {
  const found: Uint8Array[] = [];
  const version = view.readUInt32BE(4);
  let at = 12;
  const number = (): number => {
    if (at + 4 > view.length) throw new RangeError('truncated');
    at += 4;
    return view.readUInt32BE(at - 4);
  };
  const text = (): void => {
    if (at + 2 > view.length) throw new RangeError('truncated');
    at += 2 + view.readUInt16BE(at);
  };
  const certificate = (): Uint8Array => {
    if (version === 2) text(); // its type, "X.509"
    const length = number();
    if (length > longestCertificate || at + length > view.length) throw new RangeError('truncated');
    at += length;
    return view.subarray(at - length, at);
  };
  try {
    for (let left = Math.min(view.readUInt32BE(8), mostEntries); left > 0; left--) {
      const kind = number();
      text();
      at += 8;
      if (kind === 2) found.push(certificate());
      else if (kind === 1) {
        const key = number();
        at += key;
        for (let chain = Math.min(number(), mostEntries); chain > 0; chain--) certificate();
      } else break; // a secret key of JCEKS is a serialised object: what comes behind it is not found
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}
