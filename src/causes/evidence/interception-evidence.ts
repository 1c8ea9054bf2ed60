import { interceptors, type Interceptor } from '../../data/interceptors.js';
import { untriedMark, untriedWords } from '../../model/untried.js';
import type { Attempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { guardProduct } from '../../data/guard-products.js';
import type { AddedRoot } from '../../model/guard-facts.js';
import { type CertificateFact, fact, type LocalEnd, type TlsReference, type TlsTry } from '../../model/facts.js';

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

/**
 * Whether that program itself speaks in the target's name. False: it only passes on, and whoever changes what goes through
 * is behind it. Undefined where it was not seen.
 */
export function speaksForItself(end: LocalEnd): boolean | undefined {
  if (end.onward === 'same') return false;
  return end.onward === 'other' || end.onward === 'none' ? true : undefined;
}

/**
 * Of causes that lay it on the server's own certificate: nobody has seen that one where a program of this computer answers
 * with one of its own. Where this computer trusts the program's authority, what is wrong is copied from the server's.
 */
export function shownByProgramHere(attempt: Attempt, scene: Scene, one: TlsTry): Finding | null {
  const end = localEndOf(attempt, scene);
  if (!end || one.anchor !== undefined || speaksForItself(end) !== true) return null;
  const because = `${programAt(end)} of this computer made the certificate: it is not the server’s`;
  return { says: 'ruledOut', because, facts: ['connect.localEnd'] };
}

/** How that was seen, as a piece of evidence. */
export function onwardEvidence(end: LocalEnd): Evidence[] {
  const says = {
    other: 'it speaks with the target by a connection of its own, on which it sends other things than we do',
    none: 'nothing leads from it to the outside: it answers by itself',
    same: 'it passes on what it gets, byte for byte',
    unknown: null,
  }[end.onward ?? 'unknown'];
  return says === null ? [] : [{ fact: 'connect.localEnd', says }];
}

/** `squid (process 7)`, or what is known of it. */
export function programAt(end: LocalEnd): string {
  return end.process === null ? `a program (on port ${end.port})` : `${end.process} (process ${end.pid ?? '?'})`;
}

/** Whose program it may be, where only root could see that: a guard that runs under the same account, if it is one alone. */
export function accountEvidence(end: LocalEnd, { facts }: Scene): Evidence[] {
  if (end.process !== null || !end.uid) return [];
  const same = fact(facts, 'device.guards')?.guards.filter(({ uid }) => uid === end.uid) ?? [];
  const names = [...new Set(same.map(({ process }) => process))];
  return names.length === 1
    ? [{ fact: 'device.guards', says: `it belongs to the account under which ${names[0] ?? ''} runs` }]
    : [];
}

/** `, as Avast does`, with whether that name was ever tried; empty for a name that no table knows. */
export function asKnown(known: Pick<Interceptor, 'product' | 'tried'> | undefined): string {
  return known === undefined ? '' : `, as ${known.product} does${untriedMark(known)}`;
}

/** A product that is named by its program alone, and was not tried. */
export function untriedProgram(end: LocalEnd, known: Interceptor | undefined): Evidence[] {
  const row = known === undefined && end.process !== null ? guardProduct(end.process, null) : undefined;
  return row === undefined || row.tried
    ? []
    : [{ fact: 'connect.localEnd', says: `${end.process} is a program of ${row.name}; ${untriedWords}` }];
}

/** The product by its name in the certificate, else by the program that holds the other end. */
export function productAt(end: LocalEnd, known: Interceptor | undefined): string {
  const byProgram = end.process === null ? undefined : guardProduct(end.process, null)?.name;
  return known?.product ?? byProgram ?? end.process ?? `the program on port ${end.port}`;
}

/** The store of a browser or of Java in which an authority of that name is trusted, where the certificate holds by none. */
export function trustedElsewhere(one: TlsTry, { facts }: Scene): AddedRoot | undefined {
  const issuer = topIssuer(one.chain);
  if (issuer === undefined || one.anchor !== undefined) return undefined;
  return fact(facts, 'device.guards')?.roots.find(({ subject, kind }) => subject === issuer && kind !== 'system');
}

/** As a piece of evidence: a page that works in the browser and nowhere else. */
export function trustedElsewhereEvidence(root: AddedRoot | undefined): Evidence[] {
  if (!root) return [];
  const who = root.kind === 'nss' ? 'browsers of this account trust' : 'Java programs trust';
  return [
    { fact: 'device.guards', says: `${who} an authority of that name (${root.store}), other programs here do not` },
  ];
}

/** Those of the keys of interception that nobody has tried to measure yet. */
export function interceptionNotYet({ facts }: Scene): ('tls.references' | 'connect.localEnd' | 'references')[] {
  return (['tls.references', 'connect.localEnd', 'references'] as const).filter((key) => facts[key] === undefined);
}
