import { familyOf } from '../../model/address.js';
import type { Failure } from '../../model/failure.js';
import { type Certificate, mayBeUsedFor, selfIssued } from './certificate.js';
import { constraintVerdict } from './name-constraints.js';

export type FaultCode = Extract<
  Failure<'tls'>['code'],
  | 'untrusted-root'
  | 'self-signed'
  | 'chain-incomplete'
  | 'certificate-invalid'
  | 'revoked'
  | 'name-mismatch'
  | 'expired'
  | 'not-yet-valid'
>;

export interface Fault {
  readonly code: FaultCode;
  /** OpenSSL's word for it (X509_verify_cert_error_string(3)). */
  readonly name: string;
  /** 0 is the server's own certificate. */
  readonly depth: number;
}

/**
 * The most basic one first: trust, then revocation, then the name, then the dates. Chromium reports in that order
 * (MapCertStatusToNetError: "the most serious error"), and OpenSSL checks in it, save for revocation (verify_chain,
 * crypto/x509/x509_vfy.c). The reason is the same for both: what an unknown signer wrote about names and dates means
 * nothing, and a certificate for somebody else is wrong on every date.
 */
const order: readonly FaultCode[] = [
  'untrusted-root',
  'self-signed',
  'chain-incomplete',
  'certificate-invalid',
  'revoked',
  'name-mismatch',
  'expired',
  'not-yet-valid',
];

export const rankOf = (code: FaultCode): number => order.indexOf(code);

export function inOrder(faults: readonly Fault[]): Fault[] {
  return faults.toSorted((a, b) => rankOf(a.code) - rankOf(b.code) || a.depth - b.depth);
}

const serverAuth = '1.3.6.1.5.5.7.3.1';
/** Netscape's and Microsoft's "server gated crypto", which OpenSSL takes for the same (check_purpose_ssl_server). */
const serverPurposes = new Set([serverAuth, '2.16.840.1.113730.4.1', '1.3.6.1.4.1.311.10.3.3']);
/** MD2, MD5, SHA-1 with RSA; SHA-1 with DSA and ECDSA: below 80 bits of security (ssl security level 1). */
const weakSignatures = new Set([
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
]);
const keyUsage = { digitalSignature: 0, keyEncipherment: 2, keyAgreement: 4, certificateSign: 5 } as const;

/** Everything that is wrong with a path from the server's certificate up, apart from where it ends. */
export function pathFaults(path: readonly Certificate[], anchored: boolean, host: string, now: number): Fault[] {
  const faults = path.flatMap((certificate, depth) => [
    ...dateFaults(certificate, depth, now),
    ...formFaults(certificate, depth, path),
    ...strengthFaults(certificate, depth, anchored && depth === path.length - 1),
  ]);
  const leaf = path[0];
  if (leaf && !covers(leaf, host)) {
    faults.push({
      code: 'name-mismatch',
      name: familyOf(host) ? 'IP_ADDRESS_MISMATCH' : 'HOSTNAME_MISMATCH',
      depth: 0,
    });
  }
  return faults;
}

/**
 * Whether the certificate is for that host. The common name counts only where no DNS name is given, as in OpenSSL, curl
 * and Node.js; browsers no longer look at it at all.
 */
export function covers(leaf: Certificate, host: string): boolean {
  const plain = host.split('%')[0] ?? '';
  if (familyOf(plain)) return leaf.x509.checkIP(plain) !== undefined;
  return leaf.x509.checkHost(plain, { subject: 'default', wildcards: true, partialWildcards: false }) !== undefined;
}

function dateFaults(certificate: Certificate, depth: number, now: number): Fault[] {
  if (now > certificate.notAfter) return [{ code: 'expired', name: 'CERT_HAS_EXPIRED', depth }];
  if (now < certificate.notBefore) return [{ code: 'not-yet-valid', name: 'CERT_NOT_YET_VALID', depth }];
  return [];
}

function formFaults(certificate: Certificate, depth: number, path: readonly Certificate[]): Fault[] {
  const { extensions } = certificate;
  const faults: string[] = [];
  if (extensions.unhandled.length > 0) faults.push('UNHANDLED_CRITICAL_EXTENSION');
  if (extensions.purposes && !extensions.purposes.some((purpose) => serverPurposes.has(purpose)))
    faults.push('INVALID_PURPOSE');
  if (depth === 0) {
    if (!mayBeUsedFor(certificate, keyUsage.digitalSignature, keyUsage.keyEncipherment, keyUsage.keyAgreement)) {
      faults.push('INVALID_PURPOSE');
    }
  } else {
    if (!isAuthority(certificate)) faults.push('INVALID_CA');
    const limit = extensions.basic?.pathLength ?? null;
    // Self-issued certificates in between do not count (RFC 5280 4.2.1.9), nor does the server's own.
    const between = path.slice(1, depth).filter((other) => !selfIssued(other)).length;
    if (limit !== null && between > limit) faults.push('PATH_LENGTH_EXCEEDED');
    faults.push(...constraintFaults(certificate, depth, path));
  }
  return [...new Set(faults)].map((name) => ({ code: 'certificate-invalid', name, depth }));
}

function constraintFaults(authority: Certificate, depth: number, path: readonly Certificate[]): string[] {
  const constraints = authority.extensions.nameConstraints;
  if (!constraints) return [];
  return path.slice(0, depth).flatMap((below, i) => {
    if (i > 0 && selfIssued(below)) return [];
    const verdict = constraintVerdict(constraints, below, i === 0);
    if (verdict === 'outside') return ['PERMITTED_VIOLATION'];
    if (verdict === 'excluded') return ['EXCLUDED_VIOLATION'];
    return verdict === 'unsupported' ? ['UNSUPPORTED_CONSTRAINT_TYPE'] : [];
  });
}

/** X509_check_ca: basic constraints say so; without them, an old self-signed root or the key usage does. */
export function isAuthority(certificate: Certificate): boolean {
  if (!mayBeUsedFor(certificate, keyUsage.certificateSign)) return false;
  const { basic, keyUsage: usage } = certificate.extensions;
  if (basic) return basic.ca;
  return (certificate.version === 1 && selfIssued(certificate)) || usage !== undefined;
}

function strengthFaults(certificate: Certificate, depth: number, anchor: boolean): Fault[] {
  const faults: Fault[] = [];
  // Nobody relies on the signature of a root: it is trusted for its being in the store.
  if (!anchor && !selfIssued(certificate) && weakSignatures.has(certificate.signature)) {
    faults.push({ code: 'certificate-invalid', name: 'CA_MD_TOO_WEAK', depth });
  }
  if (modulusOf(certificate) < 1024) {
    faults.push({ code: 'certificate-invalid', name: depth === 0 ? 'EE_KEY_TOO_SMALL' : 'CA_KEY_TOO_SMALL', depth });
  }
  return faults;
}

function modulusOf(certificate: Certificate): number {
  try {
    const key = certificate.x509.publicKey;
    return (key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails?.modulusLength) || Number.POSITIVE_INFINITY;
  } catch {
    // A kind of key that this OpenSSL does not know; the handshake itself has judged it.
    return Number.POSITIVE_INFINITY;
  }
}
