import { hostPort } from '../../model/address.js';
import type { Attempt, FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { type CertificateFact, fact, type TlsTry, type TlsVariations } from '../../model/facts.js';
import type { Culprit } from '../../model/words.js';

/** The handshakes of an attempt, or those below it: of the target itself or of a step of its redirects. */
export function handshakesOf(attempt: Attempt, { facts }: Scene): readonly TlsTry[] {
  const step = attempt.hop > 0 ? fact(facts, 'redirects')?.[attempt.hop - 1] : undefined;
  const all = attempt.hop > 0 ? (step?.tls ? [step.tls] : []) : (fact(facts, 'tls') ?? []);
  return all.filter((one) => one.address === attempt.address && one.port === attempt.port);
}

/** The handshake that failed with the attempt's failure. */
export function failedHandshake(attempt: FailedAttempt, scene: Scene): TlsTry | undefined {
  const own = handshakesOf(attempt, scene);
  return own.find((one) => one.failure?.code === attempt.outcome.code) ?? own.find((one) => one.failure !== undefined);
}

/**
 * Whether it is certain who answered: the certificate holds for the name and comes from a public authority. Whoever
 * puts himself between (an antivirus, a company's proxy, a portal) can show only one from a root of his own.
 */
export function serverAuthenticated(attempt: Attempt, scene: Scene): boolean {
  return handshakesOf(attempt, scene).some(
    (one) => !one.failure && one.faults.length === 0 && one.anchor?.public === true,
  );
}

export const leafOf = (one: TlsTry): CertificateFact | undefined => one.chain[0];

/**
 * The certificate that is at fault, by depth and subject in the failure's raw word. Undefined for one that was not sent:
 * the store's own root.
 */
export function certificateAtFault(one: TlsTry, code: string): CertificateFact | undefined {
  const raw = one.faults.find((fault) => fault.code === code)?.raw ?? '';
  const [, depth = '0', subject = ''] = / at depth (\d+): (.*)$/s.exec(raw) ?? [];
  return depth === '0' ? leafOf(one) : one.chain.find((certificate) => certificate.subject.startsWith(subject));
}

export function certificateCulprit(attempt: Attempt, certificate: CertificateFact | undefined): Culprit {
  const name = certificate && (certificate.names[0] ?? commonName(certificate.subject) ?? certificate.subject);
  return {
    kind: 'certificate',
    ...(name ? { name } : {}),
    ...(attempt.address !== null ? { address: attempt.address } : {}),
  };
}

export function commonName(subject: string): string | undefined {
  return /(?:^|, )CN=([^,]+)/.exec(subject)?.[1];
}

/** How far the server's clock and this device's may differ before one of them is called wrong. */
const slackMs = 10 * 60_000;

/** Whether the server's own clock agrees with this device's: true, false, or undefined when it was not seen. */
export function clocksAgree(one: TlsTry): boolean | undefined {
  if (one.serverDate === undefined) return undefined;
  return Math.abs(Date.parse(one.serverDate) - Date.parse(one.wallClock)) <= slackMs;
}

/** Whether the server's own clock finds the certificate's dates wrong as well; undefined when that clock was not seen. */
export function faultyByServerClock(one: TlsTry, certificate: CertificateFact | undefined): boolean | undefined {
  if (one.serverDate === undefined || !certificate) return undefined;
  const at = Date.parse(one.serverDate);
  return at > Date.parse(certificate.notAfter) || at < Date.parse(certificate.notBefore);
}

type Variation = TlsVariations['tries'][number];

/** A further handshake at the same address, when further ones were made. */
export function variation(attempt: Attempt, { facts }: Scene, kind: Variation['variation']): Variation | undefined {
  if (attempt.hop > 0) return undefined;
  return fact(facts, 'tls.variations')?.tries.find(
    (one) => one.variation === kind && one.address === attempt.address && one.port === attempt.port,
  );
}

/**
 * Without TLS 1.3 the handshake holds each time, and with it fails each time, that between them included. Whoever stops it
 * looks at the version: the server's own program does so as well as somebody on the way. Without TLS 1.3 a server's answer is a
 * little shorter, too: after silence small packets have to have failed as well.
 */
export function failsByTls13(attempt: FailedAttempt, { facts }: Scene): boolean {
  if (attempt.hop > 0) return false;
  const sizes = fact(facts, 'path.sizes')?.filter(
    (one) => one.address === attempt.address && one.port === attempt.port && one.step === 'tls',
  );
  const small = (sizes ?? []).flatMap((one) => one.tries.filter(({ size }) => size !== null));
  const mayBeSize = small.length === 0 || small.some(({ held }) => held);
  if (attempt.outcome.code === 'timed-out' && mayBeSize) return false;
  const tries = (fact(facts, 'tls.variations')?.tries ?? []).filter(
    (one) => one.address === attempt.address && one.port === attempt.port,
  );
  const without = tries.filter((one) => one.variation === 'tls12');
  const same = tries.filter((one) => one.variation === 'same');
  return without.length > 1 && without.every(handshakeDone) && same.length > 0 && !same.some(handshakeDone);
}

/** Variations were made, or never will be: they vary the target itself, not what it redirects to. */
export function variationsSettled(attempt: Attempt, { facts }: Scene): boolean {
  return attempt.hop > 0 || facts['tls.variations'] !== undefined;
}

export const needsVariations: Finding = { says: 'unknown', missing: ['tls.variations'] };

/** A certificate's fault does not end a handshake: it was done, and with it this variation shows what works. */
export function handshakeDone(one: TlsTry | undefined): boolean {
  return one !== undefined && one.version !== undefined && (one.failure === undefined || one.faults.length > 0);
}

/** The name leads to another address by a line of this device's hosts file: then the server may be the wrong one. */
export function overriddenByHosts({ facts }: Scene): boolean | undefined {
  if (facts.target.literal !== 0) return false;
  const lines = fact(facts, 'name.hosts');
  return lines === undefined ? undefined : lines.length > 0;
}

/** `shop.example:443`, or the path of a unix socket. */
export const place = (attempt: Attempt): string =>
  attempt.address?.startsWith('/') ? attempt.address : hostPort(attempt.host, attempt.port ?? 0);

export const day = (iso: string): string => iso.slice(0, 10);
