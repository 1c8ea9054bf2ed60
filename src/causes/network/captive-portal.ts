import { familyOf, scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey, type ReferenceTry } from '../../model/facts.js';
import { symptomOf, symptoms } from '../../model/failure.js';
import { hostOf } from '../../model/site.js';
import { ledToLogin } from '../../model/led-to-login.js';
import { loginPageIn } from '../../model/login-page.js';
import { type PageInstead, pageInstead } from '../../model/page-instead.js';
import type { PortalApiFact, PortalWord } from '../../model/portal-facts.js';
import type { Culprit } from '../../model/words.js';
import { isOnLink, neverLeft, sendersOf, triesOf } from '../evidence/connection-evidence.js';
import { failedAnswer, httpFact } from '../evidence/http-evidence.js';
import { ledToGateway } from './led-to-gateway.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { serverAuthenticated } from '../evidence/tls-evidence.js';

/** This network lets nobody out before a login page has been answered. */
export const cause: Cause = {
  id: 'captive-portal',
  side: 'local-network',
  stage: 'http',
  title: 'This network wants you to log in first',
  symptoms: [
    ...symptoms('connect', 'timed-out', 'refused', 'prohibited', 'host-unreachable', 'network-unreachable'),
    ...symptoms(
      'tls',
      'self-signed',
      'untrusted-root',
      'name-mismatch',
      'certificate-invalid',
      'expired',
      'chain-incomplete',
      'closed',
      'reset',
      'timed-out',
      'not-tls',
    ),
    ...symptoms(
      'http',
      'not-upgraded',
      'network-authentication',
      'redirect-refused',
      'forbidden',
      'closed',
      'reset',
      'timed-out',
    ),
    ...symptoms('resolve'),
    ...symptoms('exchange', 'timed-out', 'declined', 'nxdomain'),
  ],
  needs: ['references', 'portal.announced', 'portal.api'],
  judge(attempt, scene) {
    const checks = checksFor(attempt, scene);
    const caught = checks?.find(isCaught);
    const innocent = outOfReach(attempt, scene, caught);
    if (innocent) return innocent;
    const led = ledToLogin(scene.facts);
    if (led && attempt.hop === led.hop && attempt.stage === 'http')
      return {
        says: 'fits',
        weight: 0.9,
        // The page bears its own name and certificate: that it is a login page shows by its place alone.
        atMost: 'likely',
        culprit: portal(led.url, null),
        summary: `This network wants you to log in first: in the place of ${scene.facts.target.host} it sends a page of its own.`,
        advice: toLogIn(led.url),
        evidence: [
          { fact: 'redirects', says: `the plain request was led to ${led.url}, which is another site` },
          { fact: 'references', says: `so was the one for ${led.check}, which has nothing to do with it` },
        ],
      };
    const instead = pageInstead(scene.facts);
    if (instead && attempt.hop === 0 && attempt.stage === 'http' && attempt.address === instead.address)
      return inItsPlace(instead, scene);
    const inward = ledToGateway(attempt, scene);
    if (inward) return inward;
    if (checks?.some((one) => one.ok)) return althoughCheckHolds(attempt, scene);
    const told = tellingPortal(scene);
    if (attempt.outcome.code === 'network-authentication') return saidSo(attempt, scene, caught);
    if (!checks) return { says: 'unknown', missing: ['references'] };
    if (caught)
      return {
        says: 'fits',
        weight: 0.9,
        ...words(caught, told?.says?.page ?? pageOf(caught)),
        evidence: [caughtEvidence(caught), ...(told?.says?.captive ? [toldEvidence(told)] : [])],
      };
    if (told?.says?.captive) return byItsOwnWord(told, told.says, 0.9);
    if (told)
      return {
        says: 'ruledOut',
        because: "this network's own portal says that nothing is left to do on its page",
        facts: ['portal.announced', 'portal.api'],
      };
    const missing = unaskedOf(scene);
    return { says: 'unknown', missing, because: 'the page that would show it did not answer' };
  },
};

/** Whoever answers for two sites that have nothing to do with each other is neither; that it is a login page shows less. */
function inItsPlace({ url, check, same }: PageInstead, { facts }: Scene): Finding {
  const page = url ?? undefined;
  return {
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    culprit: portal(page, null),
    summary: `This network wants you to log in first: in the place of ${facts.target.host} it sends a page of its own.`,
    advice: toLogIn(page),
    evidence: [
      { fact: 'http', says: page === undefined ? 'a page came' : `the page that came leads to ${page}, another site` },
      {
        fact: 'references',
        says: `${same === 'page' ? 'the very same came' : 'so did what came'} for ${check}, which has nothing to do with it`,
      },
    ],
  };
}

/** The pages of checks, by the family of the attempt where both were asked: some portals catch IPv4 alone. */
function checksFor(attempt: FailedAttempt, { facts, attempts }: Scene): readonly ReferenceTry[] | undefined {
  const all = fact(facts, 'references')?.filter((one) => one.kind === 'portal');
  // A redirect that was not followed has no address: what led there came over that of the step before.
  const address = attempt.address ?? attempts.findLast((one) => one.stage === 'http' && one.address !== null)?.address;
  const family = familyOf(address ?? '');
  const same = all?.filter((one) => family !== 0 && familyOf(one.address ?? '') === family);
  return same && same.length > 0 ? same : all;
}

/** What only silence, or somebody else's answer, can have come of a portal that lets the pages of checks through. */
const quiet: ReadonlySet<string> = new Set([
  'connect/timed-out',
  'tls/timed-out',
  'http/timed-out',
  'http/network-authentication',
  'http/redirect-refused',
  'tls/name-mismatch',
  'tls/self-signed',
  'tls/untrusted-root',
]);

/** Some portals let through what devices look for one with: then only their own word tells (RFC 8908). */
function althoughCheckHolds(attempt: FailedAttempt, scene: Scene): Finding {
  const told = tellingPortal(scene);
  if (told?.says?.captive) return byItsOwnWord(told, told.says, 0.7);
  const missing = told || !quiet.has(symptomOf(attempt.outcome)) ? [] : unaskedOf(scene);
  return missing.length > 0
    ? { says: 'unknown', missing, because: 'a page outside comes unchanged, but the portal itself was not asked' }
    : { says: 'ruledOut', because: 'a page outside comes unchanged', facts: ['references'] };
}

function tellingPortal({ facts }: Scene): PortalApiFact | undefined {
  const answers = (fact(facts, 'portal.api') ?? []).filter(({ says }) => says !== undefined);
  return answers.find(({ says }) => says?.captive) ?? answers[0];
}

/** Where the network announces no portal there is none to be asked. */
function unaskedOf(scene: Scene): FactKey[] {
  const announced = notYetAsked(scene, 'portal.announced');
  if (announced.length > 0) return announced;
  return (fact(scene.facts, 'portal.announced') ?? []).length > 0 ? notYetAsked(scene, 'portal.api') : [];
}

/** That this device is captive does not show that it is what stopped this attempt. */
function byItsOwnWord(told: PortalApiFact, { page }: PortalWord, weight: number): Finding {
  return {
    says: 'fits',
    weight,
    atMost: 'likely',
    culprit: portal(page ?? told.url, told.address),
    summary: 'This network wants you to log in first: its portal says so itself.',
    advice: toLogIn(page),
    evidence: [toldEvidence(told)],
  };
}

function toldEvidence({ url, location }: PortalApiFact): Evidence {
  return {
    fact: 'portal.api',
    says: `this network named its portal (${location}), and that says that you have yet to log in (RFC 8908, ${url.replace(/[?#].*$/, '')})`,
  };
}

/** What no portal of this network can have brought about. */
function outOfReach(attempt: FailedAttempt, scene: Scene, caught: ReferenceTry | undefined): Finding | null {
  if (attempt.address !== null && scopeOf(attempt.address) === 'loopback') {
    return { says: 'ruledOut', because: 'the target is on this computer', facts: [] };
  }
  if (isOnLink(attempt, scene) === true) {
    // Some portals lie about every name instead: then its own address is what the target's name leads to as well.
    const named = scene.facts.target.literal === 0 || attempt.hop > 0;
    if (named && fact(scene.facts, 'references') === undefined) {
      return { says: 'unknown', missing: scene.facts.references === undefined ? ['references'] : [] };
    }
    if (!named || caught?.address !== attempt.address)
      return { says: 'ruledOut', because: 'the target is in this network', facts: ['device.routes', 'references'] };
  }
  const tries = attempt.stage === 'connect' ? triesOf(attempt, scene) : [];
  return neverLeft(tries) || sendersOf(tries).self.length > 0 || tries.some((one) => one.synchronous)
    ? { says: 'ruledOut', because: 'the packet never left this computer', facts: ['connect'] }
    : null;
}

/**
 * 511 is for those who stand between, and servers must not send it (RFC 6585 6). Some do: only a second page that is
 * caught as well proves a portal.
 */
function saidSo(attempt: FailedAttempt, scene: Scene, caught: ReferenceTry | undefined): Finding {
  if (serverAuthenticated(attempt, scene)) {
    return {
      says: 'ruledOut',
      because: 'the server itself says so, on a connection that nobody can have changed',
      facts: ['tls', httpFact(attempt)],
    };
  }
  const own: Evidence = {
    fact: httpFact(attempt),
    says: 'the answer was 511, "Network Authentication Required" (RFC 6585)',
  };
  const answer = failedAnswer(attempt, scene);
  const location = answer?.location ?? (answer && loginPageIn(answer.bodyHead ?? '', answer.url)) ?? undefined;
  if (caught) {
    const page = tellingPortal(scene)?.says?.page ?? pageOf(caught) ?? location;
    return { says: 'proven', ...words(caught, page), evidence: [own, caughtEvidence(caught)] };
  }
  return {
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    ...(scene.facts.references === undefined ? { missing: ['references'] as const } : {}),
    culprit: portal(location, attempt.address),
    summary: 'This network wants you to log in first: it says so itself.',
    advice: toLogIn(location),
    evidence: [own],
  };
}

function words(caught: ReferenceTry, page: string | undefined): { culprit: Culprit; summary: string; advice: string } {
  return {
    culprit: portal(page, addressOf(page, caught)),
    summary: 'This network wants you to log in first: it catches what is sent to other servers.',
    advice: toLogIn(page),
  };
}

/** The portal's own address, where it shows: whose name it answers in says nothing of it. */
function addressOf(page: string | undefined, { address }: ReferenceTry): string | null {
  const host = hostOf(page ?? '') ?? '';
  if (familyOf(host) !== 0) return host;
  return address !== null && ['private', 'link-local', 'shared'].includes(scopeOf(address)) ? address : null;
}

function caughtEvidence(caught: ReferenceTry): Evidence {
  const page = pageOf(caught);
  return {
    fact: 'references',
    says:
      page === undefined
        ? `${caught.name} was asked, and something else than its own answer came (status ${caught.status ?? 0})`
        : `${caught.name} was asked, and this network sent its own page instead (${page})`,
  };
}

function portal(page: string | undefined, address: string | null): Culprit {
  return { kind: 'portal', name: page ?? 'login page of this network', ...(address === null ? {} : { address }) };
}

function toLogIn(page: string | undefined): string {
  return page === undefined
    ? 'open any page that begins with http:// in a browser, and log in on the page that appears'
    : 'open that page in a browser and log in';
}

/** Where the portal's redirect leads, or its page. */
function pageOf({ status, says, leadsTo }: ReferenceTry): string | undefined {
  return status !== undefined && status >= 300 && status < 400 ? says : leadsTo;
}

/** An answer came, and it was not the one that the page always gives. 511 says itself what it is; other 5xx are errors. */
function isCaught(check: ReferenceTry): boolean {
  return (
    !check.ok &&
    check.failure === undefined &&
    check.status !== undefined &&
    (check.status < 500 || check.status === 511)
  );
}
