import { type Certificate, parseCertificate, sameBytes, subjectOf } from './certificate.js';
import { DerError, type DerNode, wholeOf } from './der.js';
import { nameKey } from './distinguished-name.js';

/** A trust store in which certificates are found by their subject. */
export interface TrustIndex {
  /** Those with that name: as written in DER, and as a key of `nameKey`. */
  bySubject(name: DerNode, key: string): readonly Certificate[];
  /** Every subject in it, as keys. */
  subjects(): Iterable<string>;
}

/** Finds only names spelled byte by byte as asked for, and tells where there is more to be had. */
export interface QuickTrust extends TrustIndex {
  /** The same store with names compared as OpenSSL compares them. Reads every certificate. */
  complete(): TrustIndex;
}

/**
 * Why not a SecureContext with the whole store: parsing 144 roots takes OpenSSL 3 some 31 ms (measured), of a healthy
 * check's whole 150, and reading their subjects here still 13 in a cold process. Only a certificate whose subject is
 * another one's issuer can ever matter to a chain, and nearly always it is spelled the same: so the store's text is
 * searched for the name's base64, and what is found is parsed. A chain that holds by this, holds; any other one is
 * judged again with the complete index.
 */
export function quickTrust(pem: readonly string[]): QuickTrust {
  const bodies = pem.map(bodyOf);
  const text = bodies.join(separator);
  const starts: number[] = [];
  let at = 0;
  for (const body of bodies) {
    starts.push(at);
    at += body.length + separator.length;
  }
  const parsed = new Map<number, Certificate | null>();
  const certificateAt = (index: number): Certificate | null => {
    const before = parsed.get(index);
    if (before !== undefined) return before;
    const fresh = parsedOrNull(bodies[index] ?? '');
    parsed.set(index, fresh);
    return fresh;
  };
  let whole: TrustIndex | undefined;
  const complete = (): TrustIndex => (whole ??= completeTrust(bodies, certificateAt));
  return {
    complete,
    subjects: () => complete().subjects(),
    bySubject: (name) => {
      const wanted = wholeOf(name);
      const hits = [0, 1, 2].flatMap((shift) => occurrences(text, encodedAt(wanted, shift)));
      return [...new Set(hits.map((hit) => indexAt(starts, hit)))]
        .toSorted((a, b) => a - b)
        .flatMap((index) => certificateAt(index) ?? [])
        .filter((certificate) => sameBytes(wholeOf(certificate.subject), wanted));
    },
  };
}

/** No letter of base64. */
const separator = '|';
const mostHits = 16;

/** The base64 letters that these bytes surely have when they begin at an offset that is `shift` beyond a multiple of 3. */
function encodedAt(bytes: Uint8Array, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  // The first letters hold bits of what comes before, the last one perhaps of what comes after.
  const first = [0, 2, 3][shift] ?? 0;
  return encoded.slice(first, (shift + bytes.length) % 3 === 0 ? undefined : -1);
}

function occurrences(text: string, wanted: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0 && found.length < mostHits; at = text.indexOf(wanted, at + 1))
    found.push(at);
  return found;
}

/** The last of the ascending starts that is not beyond the position. */
function indexAt(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

function completeTrust(bodies: readonly string[], certificateAt: (index: number) => Certificate | null): TrustIndex {
  const entries = new Map<string, number[]>();
  for (const [index, body] of bodies.entries()) {
    const key = subjectKeyOf(body);
    if (key !== null) entries.set(key, [...(entries.get(key) ?? []), index]);
  }
  return {
    subjects: () => entries.keys(),
    bySubject: (_, key) => (entries.get(key) ?? []).flatMap((index) => certificateAt(index) ?? []),
  };
}

/** Base64 of the first bytes, in which the subject mostly ends. */
const headCharacters = 768;

function subjectKeyOf(body: string): string | null {
  for (const part of [body.slice(0, headCharacters), body]) {
    try {
      return nameKey(subjectOf(Buffer.from(part, 'base64')));
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
    }
  }
  return null;
}

function parsedOrNull(body: string): Certificate | null {
  try {
    return parseCertificate(Buffer.from(body, 'base64'));
  } catch {
    // A store may hold entries that OpenSSL cannot read either: they trust nobody.
    return null;
  }
}

/** The base64 of a PEM text without line breaks. */
function bodyOf(pem: string): string {
  const start = pem.indexOf('-----', pem.indexOf('BEGIN')) + 5;
  const end = pem.indexOf('-----END', start);
  return pem
    .slice(start, end < 0 ? undefined : end)
    .replaceAll('\r', '')
    .replaceAll('\n', '')
    .trim();
}
