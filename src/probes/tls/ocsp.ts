import { createHash, verify, type VerifyKeyObjectInput, type KeyObject } from 'node:crypto';
import { type Certificate, nameBytes, parseCertificate, sameBytes } from './certificate.js';
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

export type OcspStatus = 'good' | 'revoked' | 'unknown' | 'absent' | 'unreadable';

const basicResponse = '1.3.6.1.5.5.7.48.1.1';
const ocspSigning = '1.3.6.1.5.5.7.3.9';
const hashes: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
/** The digest of a signature algorithm; null where the key alone says it (Ed25519, Ed448). */
const signatures: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': null,
  '1.3.101.113': null,
};
/** How far the clocks of a responder and of this device may differ. */
const slackMs = 5 * 60_000;
const mostResponses = 64;

/**
 * What a stapled answer (RFC 6960, RFC 6066 8) says of the certificate. It counts only when its issuer signed it, or
 * somebody whom the issuer made a responder; a "good" that is out of date counts for nothing.
 */
export function readOcsp(
  response: Uint8Array | null,
  leaf: Certificate,
  issuer: Certificate | undefined,
  now: number,
): OcspStatus {
  if (!response || response.length === 0) return 'absent';
  if (!issuer) return 'unreadable';
  try {
    return statusIn(response, leaf, issuer, now);
  } catch {
    // Anything that is no well-formed answer: hostile bytes, or an algorithm that is unknown here.
    return 'unreadable';
  }
}

function statusIn(response: Uint8Array, leaf: Certificate, issuer: Certificate, now: number): OcspStatus {
  const [outcome, wrapped] = children(expect(derAt(response), tag.sequence));
  if (!outcome || numberOf(outcome) !== 0) return 'unreadable';
  const [type, octets] = children(expect(children(expect(wrapped, context(0)))[0], tag.sequence));
  if (!type || oidOf(type) !== basicResponse) return 'unreadable';
  const [data, algorithm, signature, certificates] = children(derAt(contentOf(expect(octets, tag.octetString))));
  const signed = expect(data, tag.sequence);
  const single = singleResponses(signed).find((one) => isFor(one, leaf, issuer));
  if (!single) return 'unreadable';
  const keys = responderKeys(certificates, issuer, now);
  const oid = oidOf(expect(children(expect(algorithm, tag.sequence))[0], tag.oid));
  if (!keys.some((key) => holds(oid, wholeOf(signed), key, bitsOf(expect(signature, tag.bitString)))))
    return 'unreadable';
  const [, status, thisUpdate, next] = children(single);
  const until =
    next?.tag === context(0) ? timeOf(expect(children(next)[0], tag.generalizedTime)) : Number.POSITIVE_INFINITY;
  const from = timeOf(expect(thisUpdate, tag.generalizedTime));
  if (status?.tag === context(1)) return 'revoked';
  if (from > now + slackMs || until < now - slackMs) return 'unreadable';
  return status?.tag === context(0, false) ? 'good' : 'unknown';
}

function singleResponses(data: DerNode): DerNode[] {
  const list = children(data).find((node) => node.tag === tag.sequence);
  return children(expect(list, tag.sequence)).slice(0, mostResponses);
}

/** CertID: the hashes of the issuer's name and key, and the serial number. */
function isFor(single: DerNode, leaf: Certificate, issuer: Certificate): boolean {
  const [algorithm, nameHash, keyHash, serial] = children(expect(children(single)[0], tag.sequence));
  const hash = hashes[oidOf(expect(children(expect(algorithm, tag.sequence))[0], tag.oid))];
  if (!hash || !nameHash || !keyHash || !serial) return false;
  const digest = (bytes: Uint8Array): Uint8Array => createHash(hash).update(bytes).digest();
  return (
    sameBytes(contentOf(serial), leaf.serial) &&
    sameBytes(contentOf(nameHash), digest(nameBytes(leaf.issuer))) &&
    sameBytes(contentOf(keyHash), digest(issuer.keyBits))
  );
}

/** The issuer's own key, and those of responders that it appointed (RFC 6960 4.2.2.2). */
function responderKeys(certificates: DerNode | undefined, issuer: Certificate, now: number): KeyObject[] {
  const list = certificates?.tag === context(0) ? children(children(certificates)[0] ?? certificates).slice(0, 4) : [];
  const delegated = list
    .map((node) => parseCertificate(Uint8Array.from(wholeOf(node))))
    .filter(
      (one) =>
        one.extensions.purposes?.includes(ocspSigning) &&
        one.notBefore <= now + slackMs &&
        now - slackMs <= one.notAfter &&
        one.issuerKey === issuer.subjectKey &&
        one.x509.verify(issuer.x509.publicKey),
    );
  return [issuer.x509.publicKey, ...delegated.map((one) => one.x509.publicKey)];
}

function holds(oid: string, data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  const digest = signatures[oid];
  if (digest === undefined) return false;
  const input: VerifyKeyObjectInput = { key };
  try {
    return verify(digest, data, input, signature);
  } catch {
    // A key of another kind than the signature's.
    return false;
  }
}
