import { interceptors, type Interceptor } from '../data/interceptors.js';
import type { Attempt } from '../model/attempt.js';
import type { Scene } from '../model/cause.js';
import { type CertificateFact, fact, type LocalEnd, type TlsReference, type TlsTry } from '../model/facts.js';

/**
 * The known product whose name the chain bears. Undefined for a chain that ends in a public authority: nobody who puts
 * himself between gets a certificate from one.
 */
export function interceptorIn(one: TlsTry): Interceptor | undefined {
  if (one.anchor?.public === true) return undefined;
  for (const { issuer } of one.chain) {
    const known = interceptorNamed(issuer);
    if (known) return known;
  }
  return undefined;
}

/** By an issuer's name as node:crypto prints it in one line: `C=…, O=…, CN=…`. */
export function interceptorNamed(issuer: string): Interceptor | undefined {
  const field = (key: string): string =>
    new RegExp(`(?:^|, )${key}=(.*?)(?=, [A-Za-z.\\d]{1,30}=|$)`).exec(issuer)?.[1] ?? '';
  const [name, organization] = [field('CN'), field('O')];
  return interceptors.find((one) => one.name?.test(name) === true || one.organization?.test(organization) === true);
}

/**
 * A host that has nothing to do with the target and comes with a certificate of the same authority, which this device
 * does not trust: no two owners would choose that one.
 */
export function sameIssuerElsewhere(one: TlsTry, { facts }: Scene): TlsReference | undefined {
  const issuer = topIssuer(one.chain);
  if (issuer === undefined || one.anchor !== undefined) return undefined;
  return fact(facts, 'tls.references')?.find(
    (other) =>
      !other.public &&
      other.anchor === undefined &&
      topIssuer(other.chain) === issuer &&
      !samePublicKeyOnly(one, other),
  );
}

function topIssuer(chain: readonly CertificateFact[]): string | undefined {
  return chain.at(-1)?.issuer;
}

/** Two certificates that are signed by themselves have no authority in common, whatever they are called. */
function samePublicKeyOnly(one: TlsTry, other: TlsTry): boolean {
  const [a, b] = [one.chain[0], other.chain[0]];
  return a?.selfSigned === true && b?.selfSigned === true && a.fingerprint256 !== b.fingerprint256;
}

/** Each of the two certificates was made for the name that was asked for: that is more than one page for everybody. */
export function madeForEach(one: TlsTry, host: string, other: TlsReference): boolean {
  const [a, b] = [one.chain[0], other.chain[0]];
  return (
    a !== undefined &&
    b !== undefined &&
    a.fingerprint256 !== b.fingerprint256 &&
    isFor(a, host) &&
    isFor(b, other.name.replace(/:\d+$/, ''))
  );
}

function isFor({ names }: CertificateFact, host: string): boolean {
  const parent = host.replace(/^[^.]+/, '*');
  return names.some((name) => name === host || name === parent);
}

/** The socket of this very device at which a connection to the attempt's address ended; null when none, undefined when not known. */
export function localEndOf(attempt: Attempt, { facts }: Scene): LocalEnd | null | undefined {
  const ends = fact(facts, 'connect.localEnd');
  if (!ends) return undefined;
  const own = ends.find((one) => one.address === attempt.address && one.port === attempt.port);
  return own?.end;
}

/** Those of the keys of interception that nobody has tried to measure yet. */
export function interceptionNotYet({ facts }: Scene): ('tls.references' | 'connect.localEnd' | 'references')[] {
  return (['tls.references', 'connect.localEnd', 'references'] as const).filter((key) => facts[key] === undefined);
}
