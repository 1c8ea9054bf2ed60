import { X509Certificate } from 'node:crypto';
import {
  bitsOf,
  children,
  contentOf,
  context,
  derAt,
  type DerNode,
  expect,
  numberOf,
  oidOf,
  tag,
  timeOf,
  wholeOf,
} from './der.js';
import { nameKey } from './distinguished-name.js';

/** What path validation needs of a certificate (RFC 5280), beside what node:crypto tells of it. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly x509: X509Certificate;
  /** 1 to 3. */
  readonly version: number;
  readonly serial: Uint8Array;
  readonly signature: string;
  readonly issuer: DerNode;
  readonly issuerKey: string;
  readonly subject: DerNode;
  readonly subjectKey: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** SubjectPublicKeyInfo's key bits: what OCSP hashes. */
  readonly keyBits: Uint8Array;
  readonly extensions: Extensions;
}

export interface Extensions {
  readonly basic?: { readonly ca: boolean; readonly pathLength: number | null };
  /** Bit 0 is the highest of the first byte. */
  readonly keyUsage?: Uint8Array;
  readonly purposes?: readonly string[];
  readonly subjectKeyId?: Uint8Array;
  readonly authority?: { readonly keyId?: Uint8Array; readonly serial?: Uint8Array };
  readonly nameConstraints?: DerNode;
  readonly alternativeNames?: DerNode;
  /** Where the issuer's own certificate is published (authority information access). */
  readonly issuerUrl?: string;
  /** Critical ones that OpenSSL does not handle either. */
  readonly unhandled: readonly string[];
}

export const extension = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basic: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyId: '2.5.29.35',
  purposes: '2.5.29.37',
  authorityAccess: '1.3.6.1.5.5.7.1.1',
} as const;

/** X509_supported_extension (crypto/x509/v3_purp.c) beside those above. */
const handled = new Set<string>([
  ...Object.values(extension),
  '2.16.840.1.113730.1.1', // Netscape certificate type
  '2.5.29.18', // issuer's alternative name
  '2.5.29.31', // CRL distribution points
  '2.5.29.32', // policies
  '2.5.29.33', // policy mappings
  '2.5.29.36', // policy constraints
  '2.5.29.54', // inhibit any policy
  '1.3.6.1.5.5.7.1.7', // RFC 3779 addresses
  '1.3.6.1.5.5.7.1.8', // RFC 3779 AS numbers
  '1.3.6.1.5.5.7.1.14', // proxy certificate
  '1.3.6.1.5.5.7.48.1.5', // OCSP no check
]);
const accessIssuers = '1.3.6.1.5.5.7.48.2';
const longestUrl = 1024;
const uriTag = 0x86;

/** Throws DerError, or what node:crypto throws, for bytes that are no certificate. */
export function parseCertificate(der: Uint8Array): Certificate {
  const [body, algorithm] = children(expect(derAt(der), tag.sequence));
  const fields = children(expect(body, tag.sequence));
  const versioned = fields[0]?.tag === context(0);
  const versionNode = versioned && fields[0] ? children(fields[0])[0] : undefined;
  const [serial, , issuer, validity, subject, key, ...rest] = versioned ? fields.slice(1) : fields;
  const [notBefore, notAfter] = children(expect(validity, tag.sequence));
  const [, keyBits] = children(expect(key, tag.sequence));
  const list = rest.find((node) => node.tag === context(3));
  const issuerName = expect(issuer, tag.sequence);
  const subjectName = expect(subject, tag.sequence);
  return {
    der,
    x509: new X509Certificate(der),
    version: versionNode ? numberOf(versionNode) + 1 : 1,
    serial: contentOf(expect(serial, tag.integer)),
    signature: oidOf(expect(children(expect(algorithm, tag.sequence))[0], tag.oid)),
    issuer: issuerName,
    issuerKey: nameKey(issuerName),
    subject: subjectName,
    subjectKey: nameKey(subjectName),
    notBefore: timeOf(present(notBefore)),
    notAfter: timeOf(present(notAfter)),
    keyBits: bitsOf(expect(keyBits, tag.bitString)),
    extensions: list ? parseExtensions(list) : { unhandled: [] },
  };
}

/** Subject of a certificate without parsing the rest: the index of a trust store needs no more. */
export function subjectOf(der: Uint8Array): DerNode {
  // Only the headers of the outer two elements are read, so a certificate that is cut short serves as well.
  const outer = derAt(der, 0, Number.POSITIVE_INFINITY);
  const body = derAt(der, outer.start, Number.POSITIVE_INFINITY);
  let at = body.start;
  const versioned = der[at] === context(0);
  for (let skip = versioned ? 5 : 4; skip > 0; skip--) at = derAt(der, at).end;
  return expect(derAt(der, at), tag.sequence);
}

function present(node: DerNode | undefined): DerNode {
  return expect(node, node?.tag === tag.generalizedTime ? tag.generalizedTime : tag.utcTime);
}

function parseExtensions(list: DerNode): Extensions {
  let found: Extensions = { unhandled: [] };
  for (const item of children(expect(children(list)[0], tag.sequence))) {
    const parts = children(item);
    const id = oidOf(expect(parts[0], tag.oid));
    const critical = parts[1]?.tag === tag.boolean && contentOf(parts[1])[0] !== 0;
    const value = derAt(contentOf(expect(parts.at(-1), tag.octetString)));
    found =
      critical && !handled.has(id)
        ? { ...found, unhandled: [...found.unhandled, id] }
        : { ...found, ...parseOne(id, value) };
  }
  return found;
}

function parseOne(id: string, value: DerNode): Partial<Extensions> {
  switch (id) {
    case extension.basic: {
      const parts = children(value);
      const ca = parts[0]?.tag === tag.boolean && contentOf(parts[0])[0] !== 0;
      const length = parts.find((part) => part.tag === tag.integer);
      return { basic: { ca, pathLength: length ? numberOf(length) : null } };
    }
    case extension.keyUsage:
      return { keyUsage: bitsOf(expect(value, tag.bitString)) };
    case extension.purposes:
      return { purposes: children(value).map(oidOf) };
    case extension.subjectKeyId:
      return { subjectKeyId: contentOf(expect(value, tag.octetString)) };
    case extension.authorityKeyId: {
      const parts = children(value);
      const keyId = parts.find((part) => part.tag === context(0, false));
      const serial = parts.find((part) => part.tag === context(2, false));
      return { authority: { ...(keyId && { keyId: contentOf(keyId) }), ...(serial && { serial: contentOf(serial) }) } };
    }
    case extension.nameConstraints:
      return { nameConstraints: value };
    case extension.alternativeNames:
      return { alternativeNames: value };
    case extension.authorityAccess:
      return issuerUrlOf(value);
    default:
      return {};
  }
}

function issuerUrlOf(value: DerNode): Partial<Extensions> {
  for (const description of children(value)) {
    const [method, location] = children(description);
    if (!method || location?.tag !== uriTag || oidOf(method) !== accessIssuers) continue;
    return { issuerUrl: Buffer.from(contentOf(location)).toString('latin1').slice(0, longestUrl) };
  }
  return {};
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

/** A bit of the key usage extension; true when the extension is absent (RFC 5280 4.2.1.3: then any use is allowed). */
export function mayBeUsedFor(certificate: Certificate, ...bits: readonly number[]): boolean {
  const usage = certificate.extensions.keyUsage;
  return !usage || bits.some((bit) => ((usage[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

export const selfIssued = (certificate: Certificate): boolean => certificate.subjectKey === certificate.issuerKey;

/** The whole name in DER, as OCSP hashes it. */
export const nameBytes = (name: DerNode): Uint8Array => wholeOf(name);
