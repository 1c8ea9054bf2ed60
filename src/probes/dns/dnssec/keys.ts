/** Keys and digests of DNSSEC, by node:crypto. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { KeyDigest, ZoneKey } from '../record-data.js';
import { canonicalWire, keyData } from './canonical.js';

/** Bit 7 of the flags: a key for records; others sign nothing (RFC 4034 2.1.1). Bit 8: withdrawn (RFC 5011 2.1). */
const zoneKeyFlag = 0x0100;
const revokedFlag = 0x0080;
const longestKey = 1024;

export function signs({ flags, protocol }: ZoneKey): boolean {
  return (flags & zoneKeyFlag) !== 0 && (flags & revokedFlag) === 0 && protocol === 3;
}

/** RFC 4034, appendix B. */
export function keyTagOf(key: ZoneKey): number {
  const bytes = keyData(key);
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) sum += (at & 1) === 1 ? (bytes[at] ?? 0) : (bytes[at] ?? 0) << 8;
  sum += (sum >> 16) & 0xffff;
  return sum & 0xffff;
}

const digests: Readonly<Record<number, string>> = { 1: 'sha1', 2: 'sha256', 4: 'sha384' };

/** Whether the digest in the parent zone is that key's (RFC 4034 5.1.4); null for kinds of digest that are not known. */
export function isDigestOf(digest: KeyDigest, zone: string, key: ZoneKey): boolean | null {
  const name = digests[digest.digestType];
  const owner = canonicalWire(zone);
  if (name === undefined || !owner) return null;
  if (digest.keyTag !== keyTagOf(key) || digest.algorithm !== key.algorithm) return false;
  return createHash(name).update(owner).update(keyData(key)).digest('hex') === digest.digest;
}

interface Algorithm {
  readonly hash: string | null;
  readonly key: (bytes: Buffer) => KeyObject | null;
}

const curve =
  (name: 'P-256' | 'P-384', half: number) =>
  (bytes: Buffer): KeyObject | null =>
    bytes.length === 2 * half
      ? fromJwk({ kty: 'EC', crv: name, x: text(bytes.subarray(0, half)), y: text(bytes.subarray(half)) })
      : null;

/** RFC 5702, 6605, 8080: those that RFC 8624 wants of everybody who checks. */
const algorithms: Readonly<Record<number, Algorithm>> = {
  8: { hash: 'sha256', key: rsa },
  10: { hash: 'sha512', key: rsa },
  13: { hash: 'sha256', key: curve('P-256', 32) },
  14: { hash: 'sha384', key: curve('P-384', 48) },
  15: { hash: null, key: (bytes) => fromJwk({ kty: 'OKP', crv: 'Ed25519', x: text(bytes) }) },
};

export function isKnownAlgorithm(algorithm: number): boolean {
  return algorithms[algorithm] !== undefined;
}

/** Whether that key has made the signature over these bytes; null where the algorithm is not known. */
export function holds(key: ZoneKey, signed: Buffer, signature: string): boolean | null {
  const known = algorithms[key.algorithm];
  if (!known) return null;
  const object = key.key.length > 2 * longestKey ? null : known.key(Buffer.from(key.key, 'hex'));
  if (!object) return false;
  try {
    return verify(known.hash, signed, { key: object, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'hex'));
  } catch {
    return false; // what is no signature at all
  }
}

/** Length of the exponent, the exponent, the modulus (RFC 3110 2). */
function rsa(bytes: Buffer): KeyObject | null {
  const short = bytes[0] ?? 0;
  const [at, length] = short === 0 ? [3, bytes.length > 2 ? bytes.readUInt16BE(1) : 0] : [1, short];
  const [exponent, modulus] = [bytes.subarray(at, at + length), bytes.subarray(at + length)];
  if (exponent.length === 0 || modulus.length < 64) return null;
  return fromJwk({ kty: 'RSA', e: text(exponent), n: text(modulus) });
}

function text(bytes: Buffer): string {
  return bytes.toString('base64url');
}

function fromJwk(key: Record<string, string>): KeyObject | null {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    return null; // bytes from anybody need be no key
  }
}
