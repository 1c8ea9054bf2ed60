import type { Failure } from '../../model/failure.js';
import { type Certificate, mayBeUsedFor, sameBytes, selfIssued } from './certificate.js';
import { kin, namedAs } from './kinship.js';
import { type Fault, inOrder, pathFaults, rankOf } from './path-faults.js';
import type { QuickTrust, TrustIndex } from './trust-index.js';

export interface Verification {
  /** The most basic one first; empty for a certificate that holds. */
  readonly faults: readonly Failure<'tls'>[];
  /** From the server's certificate upwards, as far as it could be followed. */
  readonly path: readonly Certificate[];
  /** The certificate of this device's store in which the path ends. */
  readonly anchor: Certificate | null;
  /** The issuer that was neither sent nor is in the store. */
  readonly missingIssuer: Certificate | null;
}

type End = 'anchor' | 'self-signed' | 'no-issuer' | 'wrong-key';
interface Path {
  readonly certificates: readonly Certificate[];
  readonly end: End;
}

const deepest = 10;
const mostPaths = 24;
const mostSignatures = 64;
const certificateSign = 5;

/**
 * Verifies what a server sent against the store, with OpenSSL's rules (tests hold it against `openssl verify`), and
 * names every fault at once where OpenSSL names one. Issuers in the store come before those that were sent
 * (X509_V_FLAG_TRUSTED_FIRST, the default since 1.1.0), so an expired cross-signature that a server still sends does
 * no harm. Where a path fails, others are tried, as browsers do. Any certificate of the store ends a path, not only a
 * root (X509_V_FLAG_PARTIAL_CHAIN, as curl and browsers have it).
 */
export function verifyChain(sent: readonly Certificate[], trust: QuickTrust, host: string, now: number): Verification {
  const quick = verifyWith(sent, trust, host, now);
  return quick.faults.length === 0 ? quick : verifyWith(sent, trust.complete(), host, now);
}

function verifyWith(sent: readonly Certificate[], store: TrustIndex, host: string, now: number): Verification {
  const leaf = sent[0];
  if (!leaf) return { faults: [], path: [], anchor: null, missingIssuer: null };
  const judged: { path: Path; faults: Fault[] }[] = [];
  for (const path of search(leaf, sent, store, now)) {
    const faults = inOrder([
      ...endFaults(path, store),
      ...pathFaults(path.certificates, path.end === 'anchor', host, now),
    ]);
    judged.push({ path, faults });
    if (faults.length === 0 || judged.length >= mostPaths) break;
  }
  const best = judged.toSorted(
    (a, b) => compare(a.faults, b.faults) || b.path.certificates.length - a.path.certificates.length,
  )[0];
  const path = best?.path ?? { certificates: [leaf], end: 'no-issuer' };
  const top = path.certificates.at(-1) ?? leaf;
  return {
    faults: (best?.faults ?? []).map((fault) => asFailure(fault, path.certificates)),
    path: path.certificates,
    anchor: path.end === 'anchor' ? top : null,
    missingIssuer: path.end === 'no-issuer' ? top : null,
  };
}

/** Less serious first fault, then fewer. */
function compare(a: readonly Fault[], b: readonly Fault[]): number {
  const first = (faults: readonly Fault[]): number => (faults[0] ? rankOf(faults[0].code) : Number.MAX_SAFE_INTEGER);
  return first(b) - first(a) || a.length - b.length;
}

function* search(leaf: Certificate, sent: readonly Certificate[], store: TrustIndex, now: number): Generator<Path> {
  let signatures = 0;
  function* extend(path: readonly Certificate[]): Generator<Path> {
    const top = path.at(-1) ?? leaf;
    if (inStore(top, store)) return yield { certificates: path, end: 'anchor' };
    if (selfIssued(top) && signed(top, top)) return yield { certificates: path, end: 'self-signed' };
    let namesakes = 0;
    let found = 0;
    for (const issuer of candidates(top, sent, store, now)) {
      if (path.some((other) => sameBytes(other.der, issuer.der)) || path.length >= deepest) continue;
      namesakes++;
      if (!mayHaveIssued(issuer, top) || ++signatures > mostSignatures || !signed(top, issuer)) continue;
      found++;
      yield* extend([...path, issuer]);
    }
    if (found === 0) yield { certificates: path, end: namesakes > 0 ? 'wrong-key' : 'no-issuer' };
    return undefined;
  }
  yield* extend([leaf]);
}

function candidates(top: Certificate, sent: readonly Certificate[], store: TrustIndex, now: number): Certificate[] {
  const valid = (certificate: Certificate): number =>
    certificate.notBefore <= now && now <= certificate.notAfter ? 0 : 1;
  const byDate = (list: readonly Certificate[]): Certificate[] =>
    list.toSorted((a, b) => valid(a) - valid(b) || b.notAfter - a.notAfter);
  return [
    ...byDate(store.bySubject(top.issuer, top.issuerKey)),
    ...byDate(sent.filter((other) => other.subjectKey === top.issuerKey)),
  ];
}

/** X509_check_issued, without the signature. */
function mayHaveIssued(issuer: Certificate, subject: Certificate): boolean {
  const { authority } = subject.extensions;
  const id = issuer.extensions.subjectKeyId;
  if (authority?.keyId && id && !sameBytes(authority.keyId, id)) return false;
  if (authority?.serial && !sameBytes(authority.serial, issuer.serial)) return false;
  return mayBeUsedFor(issuer, certificateSign);
}

function signed(subject: Certificate, issuer: Certificate): boolean {
  try {
    return subject.x509.verify(issuer.x509.publicKey);
  } catch {
    // An algorithm that OpenSSL does not know, or a key that does not fit it: nothing is proven by such a signature.
    return false;
  }
}

function inStore(certificate: Certificate, store: TrustIndex): boolean {
  return store
    .bySubject(certificate.subject, certificate.subjectKey)
    .some((other) => sameBytes(other.der, certificate.der));
}

function endFaults(path: Path, store: TrustIndex): Fault[] {
  const depth = path.certificates.length - 1;
  const top = path.certificates[depth];
  switch (path.end) {
    case 'anchor':
      return [];
    case 'self-signed':
      return depth === 0
        ? [{ code: 'self-signed', name: 'DEPTH_ZERO_SELF_SIGNED_CERT', depth }]
        : [{ code: 'untrusted-root', name: 'SELF_SIGNED_CERT_IN_CHAIN', depth }];
    case 'wrong-key':
      return [{ code: 'untrusted-root', name: 'CERT_SIGNATURE_FAILURE', depth }];
    case 'no-issuer':
      return [
        {
          code: top && lacksIntermediate(top, depth, store) ? 'chain-incomplete' : 'untrusted-root',
          name: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
          depth,
        },
      ];
  }
}

/**
 * The issuer is neither sent nor known: is it an intermediate that the server forgot, or a root that this device does
 * not have? For the server's own certificate, a published issuer speaks for the former (every public authority publishes
 * its intermediates, CA/Browser Forum 7.1.2.7.7). Else its name is all there is: what it calls itself, or whether it is
 * akin to a root of the store. An intermediate that was sent mostly hangs on the root itself, which servers rightly
 * leave out.
 */
function lacksIntermediate(top: Certificate, depth: number, store: TrustIndex): boolean {
  if (depth === 0 && top.extensions.issuerUrl !== undefined) return true;
  const role = namedAs(top.issuerKey);
  return role === 'unclear' ? kin(top.issuerKey, store.subjects()) : role === 'intermediate' && depth === 0;
}

function asFailure(fault: Fault, path: readonly Certificate[]): Failure<'tls'> {
  const subject = subjectText(path[fault.depth]);
  return { operation: 'tls', code: fault.code, raw: `${fault.name} at depth ${fault.depth}: ${subject}`.slice(0, 300) };
}

function subjectText(certificate: Certificate | undefined): string {
  // Undefined, whatever the types say, for a certificate with an empty subject.
  const subject: string | undefined = certificate?.x509.subject;
  return subject?.replaceAll('\n', ', ') ?? '';
}
