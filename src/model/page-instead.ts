import { familyOf, scopeOf } from './address.js';
import { fact, type Facts, type HttpTry, type ReferenceTry } from './facts.js';
import { loginPageIn } from './login-page.js';
import { isAskedInTheClear } from './proxied.js';
import { isPublicName } from './public-name.js';
import { hostOf, isSameSite } from './site.js';

/** A page that came for a plain request, with a good status, and that was not the site's own. */
export interface PageInstead {
  readonly address: string;
  readonly port: number;
  /** Where it leads people, if it shows. */
  readonly url: string | null;
  /** The check in whose place the same came. */
  readonly check: string;
  /** What is the same: the text, or only where both lead. */
  readonly same: 'page' | 'link';
}

/** As much of a check's answer is kept. */
const comparedLength = 300;
const formOrWords =
  /<form\b|<input\b|log[-_ ]?[io]n|sign[-_ ]?in|portal|captive|hotspot|wi-?fi|wlan|WISPAccessGatewayParam|password/i;

/**
 * A plain page that could be a network's for logging in: worth comparing with what comes for a page elsewhere. By what it
 * says, by where it leads, or because a name that all may know led to a machine of this network.
 */
export function mayBeInstead(facts: Facts, tries: readonly HttpTry[]): boolean {
  if (!isAskedInTheClear(facts)) return false;
  return tries.some(
    (one) =>
      isGoodPage(one) &&
      (formOrWords.test((one.bodyHead ?? '').slice(0, 4096)) ||
        linkOf(one) !== null ||
        (isPublicName(facts.target.host) && scopeOf(one.address) !== 'public')),
  );
}

/** A plain page that came for a name: some resolvers lead every name that nobody has to such a page of theirs. */
export function mayBeForAnyName(facts: Facts, tries: readonly HttpTry[]): boolean {
  const { literal, host } = facts.target;
  if (!isAskedInTheClear(facts) || literal !== 0 || !isPublicName(host)) return false;
  return tries.some(({ failure, location }) => !failure && location === undefined);
}

/**
 * A plain request was answered with a good page, and a check of a page elsewhere with the very same one, or with another
 * that leads to the same third host: neither is the site's own. What differs may be a site that the portal lets through.
 */
export function pageInstead(facts: Facts): PageInstead | null {
  const checks = (fact(facts, 'references') ?? []).filter(
    ({ kind, ok, failure, status = 0 }) => kind === 'portal' && !ok && !failure && status >= 200 && status < 400,
  );
  const tries = fact(facts, 'http') ?? [];
  if (checks.length === 0 || !mayBeInstead(facts, tries)) return null;
  for (const one of tries) {
    const check = isGoodPage(one) && checks.find((each) => comparable(one, each) && sameOf(one, each, facts) !== null);
    const same = check && sameOf(one, check, facts);
    if (check && same) return { address: one.address, port: one.port, url: linkOf(one), check: check.name, same };
  }
  return null;
}

function isGoodPage({ failure, status = 0, bodyHead = '' }: HttpTry): boolean {
  return !failure && status >= 200 && status < 300 && bodyHead.trim() !== '';
}

/** One server may give the same page for two of its names: only in a network's own range that shows somebody in between. */
function comparable({ address }: HttpTry, check: ReferenceTry): boolean {
  if (check.address === null || familyOf(address) !== familyOf(check.address)) return false;
  return address === check.address ? scopeOf(address) !== 'public' : scopeOf(address) === 'public';
}

function sameOf(one: HttpTry, check: ReferenceTry, { target }: Facts): PageInstead['same'] | null {
  const link = hostOf(linkOf(one) ?? '');
  const checked = hostOf(check.name);
  if (link !== null && isSameSite(link, target.host)) return null;
  const led = hostOf(((check.status ?? 0) >= 300 ? check.says : check.leadsTo) ?? '');
  if (link !== null && link === led && checked !== null && !isSameSite(link, checked)) return 'link';
  const redirected = (check.status ?? 0) >= 300;
  const [own, other] = [withoutPlace(textOf(one), target.host), withoutPlace(check.says ?? '', checked ?? '')];
  // What was cut off at a length is compared as far as both go.
  // Stand-ins for names have other lengths than the names.
  const cut = [textOf(one), check.says ?? ''].every(({ length }) => Math.abs(length - comparedLength) <= 20);
  const length = cut ? Math.min(own.length, other.length) : comparedLength;
  return !redirected && other !== '' && own.slice(0, length) === other.slice(0, length) ? 'page' : null;
}

/** Such pages often note where one wanted to go: that differs, and no more. */
function withoutPlace(text: string, host: string): string {
  const plain = host === '' ? text : text.toLowerCase().replaceAll(host.toLowerCase(), '');
  return plain
    .replaceAll(/\?[^"'\s<>]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const textOf = ({ bodyHead = '' }: HttpTry): string => bodyHead.slice(0, comparedLength);

function linkOf({ bodyHead, url }: HttpTry): string | null {
  return loginPageIn(bodyHead ?? '', url);
}
