import { type Certificate, parseCertificate, subjectOf } from './certificate.js';
import { DerError } from './der.js';
import { nameKey } from './distinguished-name.js';

/** A trust store in which certificates are found by subject, and parsed only then. */
export interface TrustIndex {
  readonly size: number;
  bySubject(key: string): readonly Certificate[];
  /** Every subject in it, as keys of `nameKey`. */
  subjects(): Iterable<string>;
}

/**
 * Why not a SecureContext with the whole store: parsing 144 roots takes OpenSSL 3 some 31 ms (measured), of a healthy
 * check's whole 150. Only a certificate whose subject is the issuer of another one can ever matter to a chain, so that
 * the subjects are read (1 to 2 ms for all) and the rest of a root is parsed when it is asked for.
 */
export function indexTrust(pem: readonly string[]): TrustIndex {
  const entries = new Map<string, (string | Certificate)[]>();
  for (const text of pem) {
    const key = subjectKeyOf(text);
    if (key === null) continue;
    const same = entries.get(key);
    if (same) same.push(text);
    else entries.set(key, [text]);
  }
  return {
    size: entries.size,
    subjects: () => entries.keys(),
    bySubject: (key) => {
      const found = entries.get(key);
      if (!found) return [];
      const parsed = found.map((entry) => (typeof entry === 'string' ? parsedOrNull(entry) : entry)).filter((entry) => entry !== null);
      entries.set(key, parsed);
      return parsed;
    },
  };
}

/** Base64 of the first bytes in which the subject mostly ends; a multiple of four. */
const headCharacters = 768;

function subjectKeyOf(pem: string): string | null {
  const body = bodyOf(pem);
  for (const part of [body.slice(0, headCharacters + 16), body]) {
    try {
      return nameKey(subjectOf(bytesOf(part)));
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
    }
  }
  return null;
}

function parsedOrNull(pem: string): Certificate | null {
  try {
    return parseCertificate(bytesOf(bodyOf(pem)));
  } catch {
    // A store may hold entries that OpenSSL cannot read either: they trust nobody.
    return null;
  }
}

function bodyOf(pem: string): string {
  const start = pem.indexOf('-----', pem.indexOf('BEGIN')) + 5;
  const end = pem.indexOf('-----END', start);
  return pem.slice(start, end < 0 ? undefined : end);
}

function bytesOf(base64: string): Uint8Array {
  // With line breaks, Node's decoder takes its slow way.
  const plain = base64.replaceAll(/\s/g, '');
  return Buffer.from(plain.slice(0, plain.length - (plain.length % 4)), 'base64');
}
