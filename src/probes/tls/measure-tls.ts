import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { CertificateFact, TlsTry } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { System } from '../../model/system.js';
import { type Certificate, parseCertificate } from './certificate.js';
import { handshake, type Handshake, type HandshakeRequest } from './handshake.js';
import { readOcsp } from './ocsp.js';
import type { Endpoint } from './open-connection.js';
import { rankOf } from './path-faults.js';
import { isPublicRoot, lackOfStore, readStore, verifyWithStore } from './trust.js';
import type { Verification } from './verify-chain.js';

export interface TlsMeasurement {
  readonly entry: TlsTry;
  /** What was sent, as far as it can be read. */
  readonly chain?: readonly Certificate[];
  /** Open when the handshake was done, whatever the certificate is worth. The caller owns it. */
  readonly stream?: TLSSocket;
}

const mostNames = 50;
const longestText = 300;

/**
 * A handshake, and what the certificates that it brought are worth for that host. `ended` is told how the waiting for the
 * server was over, before they are judged.
 */
export async function measureTls(
  connection: Duplex,
  endpoint: Endpoint,
  host: string,
  request: HandshakeRequest,
  system: System,
  signal: AbortSignal,
  ended?: (failure: Failure<'tls'> | undefined) => void,
): Promise<TlsMeasurement> {
  // The store is read while the server computes, and waited for only where there is something to verify.
  readStore(system).catch(() => undefined);
  const shake = await handshake(connection, request, system, signal);
  ended?.(shake.failure);
  const wall = system.clock.wall();
  const chain = parseChain(shake.chain);
  const [leaf] = chain;
  const verified = leaf ? await verifyWithStore(chain, host, wall.getTime(), system) : null;
  const ocsp = leaf && verified ? readOcsp(shake.ocsp, leaf, verified.path[1], wall.getTime()) : 'absent';
  const faults = verified ? withRevocation(verified.faults, ocsp) : unreadable(shake);
  const failure = shake.failure ?? faults[0];
  const isLost = verified !== null && !verified.anchor && faults.some(({ code }) => code === 'untrusted-root');
  const lack = isLost ? await lackOfStore(chain, host, wall.getTime(), system) : undefined;
  const entry: TlsTry = {
    address: endpoint.address,
    port: endpoint.port,
    serverName: request.serverName,
    ms: shake.ms,
    ...(failure && { failure }),
    ...(shake.version !== undefined && { version: shake.version }),
    ...(shake.cipher !== undefined && { cipher: shake.cipher }),
    alpn: shake.applicationProtocol,
    chain: chain.map(certificateFact),
    faults,
    ...(shake.alert !== null && { alert: shake.alert }),
    clientCertificateAsked: shake.clientCertificateAsked,
    ocsp,
    ...(shake.plain && { plainGreeting: Buffer.from(shake.plain).toString('latin1') }),
    wallClock: wall.toISOString(),
    ...(verified?.anchor && { anchor: await anchorFact(verified) }),
    ...(lack && { storeLacks: lack }),
  };
  return shake.stream ? { entry, chain, stream: shake.stream } : { entry, chain };
}

/** Without those that cannot be read, and nothing at all when that is so of the server's own. */
function parseChain(chain: readonly Uint8Array[]): Certificate[] {
  const parsed: Certificate[] = [];
  for (const [depth, der] of chain.entries()) {
    try {
      parsed.push(parseCertificate(der));
    } catch {
      // OpenSSL has let the handshake pass; this reader is stricter.
      if (depth === 0) return [];
    }
  }
  return parsed;
}

function unreadable(shake: Handshake): Failure<'tls'>[] {
  if (shake.failure || !shake.stream) return [];
  const raw = shake.chain.length === 0 ? 'the server sent no certificate' : 'the certificate cannot be read';
  return [{ operation: 'tls', code: 'certificate-invalid', raw }];
}

function withRevocation(faults: readonly Failure<'tls'>[], ocsp: TlsTry['ocsp']): Failure<'tls'>[] {
  if (ocsp !== 'revoked') return [...faults];
  const revoked: Failure<'tls'> = {
    operation: 'tls',
    code: 'revoked',
    raw: 'CERT_REVOKED by the stapled OCSP response',
  };
  const at = faults.findIndex((fault) => rank(fault) > rank(revoked));
  return at < 0 ? [...faults, revoked] : [...faults.slice(0, at), revoked, ...faults.slice(at)];
}

function rank(fault: Failure<'tls'>): number {
  return rankOf(fault.code as Parameters<typeof rankOf>[0]);
}

async function anchorFact(verified: Verification): Promise<NonNullable<TlsTry['anchor']>> {
  const { anchor } = verified;
  if (!anchor) throw new Error('no anchor');
  return {
    subject: oneLine(anchor.x509.subject),
    fingerprint256: anchor.x509.fingerprint256,
    public: await isPublicRoot(anchor),
  };
}

function certificateFact({
  x509,
  extensions,
  notBefore,
  notAfter,
  issuerKey,
  subjectKey,
}: Certificate): CertificateFact {
  return {
    subject: oneLine(x509.subject),
    issuer: oneLine(x509.issuer),
    names: namesOf(x509.subjectAltName),
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    fingerprint256: x509.fingerprint256,
    selfSigned: issuerKey === subjectKey,
    isCa: x509.ca,
    ...(extensions.issuerUrl !== undefined && { issuerUrl: extensions.issuerUrl.slice(0, longestText) }),
  };
}

/** One line a name in node:crypto; undefined, whatever the types say, for an empty one. */
function oneLine(name: string | undefined): string {
  return (name ?? '').replaceAll('\n', ', ').slice(0, longestText);
}

function namesOf(alternatives: string | undefined): string[] {
  return (alternatives ?? '')
    .split(', ')
    .flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1]?.slice(0, longestText) ?? [])
    .slice(0, mostNames);
}
