import { givenToNobody } from '../causes/names/other-names.js';
import { hostPort } from '../model/address.js';
import { fact, type Facts } from '../model/facts.js';
import { mayBeLedToLogin } from '../model/led-to-login.js';
import { mayBeForAnyName, mayBeInstead } from '../model/page-instead.js';
import { refusedAtOnce, triedInVain } from '../model/tried-in-vain.js';
import { isPublicName } from '../model/public-name.js';
import { isAskedInTheClear } from '../model/proxied.js';
import { hostOf, isSameSite } from '../model/site.js';

/** The target was reached by us, and somebody else was asked about: whether it holds for that one was not shown. */
export function isForAnother(facts: Facts): boolean {
  return isUntriedInBrowser(facts) || wasInVainForProgram(facts);
}

/** A browser was asked for and not tried, or did not start: whether the page opens in it is another matter. */
function isUntriedInBrowser(facts: Facts): boolean {
  if (fact(facts, 'device.browsers') === undefined) return false;
  return fact(facts, 'browser.trials')?.runs.some(({ outcome }) => outcome.state !== 'not-run') !== true;
}

/** It holds for us, and the program itself met nothing of it: whether something stops that one alone is another matter. */
function wasInVainForProgram(facts: Facts): boolean {
  const silent = fact(facts, 'device.program')?.tried.some(({ outcome }) => outcome === 'silent') ?? false;
  return silent || triedInVain(facts).length > 0 || refusedAtOnce(facts).length > 0;
}

/** What the program met, beside what more connections of ours did; null where it was not in vain. */
export function programsLuck(facts: Facts): string | null {
  const [tried] = triedInVain(facts);
  if (!tried) return refusalOf(facts);
  const { address, port, outcome } = tried;
  const met = typeof outcome === 'object' && outcome.code !== 'timed-out' ? 'failed' : 'got no answer';
  const series = fact(facts, 'connect.series')?.find((one) => one.address === address && one.port === port);
  const more =
    series === undefined || series.sent === 0
      ? ''
      : `; of ${series.sent} more of ours ${series.answered} were answered${series.told?.from ? `, some of them by ${series.told.from}, which turned them away` : ''}`;
  return `a connection of ours was made and answered, the program's own to ${hostPort(address, port)} ${met}${more}`;
}

function refusalOf(facts: Facts): string | null {
  const [refused] = refusedAtOnce(facts);
  if (typeof refused?.outcome !== 'object') return null;
  const place = hostPort(refused.address, refused.port);
  return `a connection of ours was made and answered; that of the program to ${place} was refused by this computer at once (${refused.outcome.raw}): programs may bind their sockets to an address or interface from which there is no way`;
}

/** Why the page that came in the clear may not be the site's own; null: nothing says so. */
export function doubtOf(facts: Facts): string | null {
  if (mayBeAnotherPage(facts))
    return 'a page came in the clear; that it is not one of this network for logging in could not be compared';
  const led = ledInTheClear(facts);
  if (led !== null)
    return `the answer came in the clear and leads to another site, ${led}: whether the site itself has written it was not shown`;
  if (isOfRouter(facts))
    return 'a page came in the clear from the router of this network: that the name is meant to lead there was not shown';
  const resolver = leadsNobodyThere(facts);
  if (resolver !== null)
    return `a page came in the clear from where ${resolver} leads names too that were made up this moment: whether there is such a name was not shown`;
  const unheard = unheardService(facts);
  if (unheard !== null)
    return `the connection was made; whether ${unheard} is spoken there was not shown, for it lets the client begin`;
  if (speaksOfBlocking(facts))
    return 'a short page came in the clear and speaks of being blocked: whether the site itself has written it was not shown';
  return null;
}

/** A name that all may know led to the router itself: its own page, or one in place of the page that was meant. */
function isOfRouter(facts: Facts): boolean {
  if (!isAskedInTheClear(facts) || facts.target.literal !== 0 || !isPublicName(facts.target.host)) return false;
  const routers = [
    ...(fact(facts, 'device.routes')?.defaults ?? []).map(({ via }) => via),
    ...(fact(facts, 'references') ?? []).map(({ kind, address }) => (kind === 'gateway' ? address : null)),
  ];
  return (fact(facts, 'http') ?? []).some(({ failure, address }) => !failure && routers.includes(address));
}

/** The resolver that gives the address of the page for names that nobody has. */
function leadsNobodyThere(facts: Facts): string | null {
  const pages = (fact(facts, 'http') ?? []).filter(({ failure }) => !failure);
  if (!mayBeForAnyName(facts, pages)) return null;
  const resolvers = (fact(facts, 'name.others') ?? []).map(({ answer }) => answer.resolver);
  return resolvers.find((one) => pages.some(({ address }) => givenToNobody(one, address, facts).length > 0)) ?? null;
}

const namesNoProtocol: ReadonlySet<string> = new Set(['tcp', 'tls', 'unix']);

/** The protocol that was meant, of which nothing was heard: a client of it has to begin, and nothing here begins so. */
function unheardService(facts: Facts): string | null {
  const { scheme, protocol } = facts.target;
  if (protocol !== 'service' || namesNoProtocol.has(scheme)) return null;
  const greetings = fact(facts, 'greeting') ?? [];
  return greetings.some((one) => !one.failure && one.silent && one.protocol === null) ? scheme : null;
}

function speaksOfBlocking(facts: Facts): boolean {
  if (!isAskedInTheClear(facts)) return false;
  return (fact(facts, 'http') ?? []).some(({ failure, ofBlocking }) => !failure && ofBlocking === true);
}

/** A plain page came that may be a network's own for logging in, and no check of a page elsewhere was answered. */
function mayBeAnotherPage(facts: Facts): boolean {
  const compared = fact(facts, 'references')?.some(({ kind, failure }) => kind === 'portal' && !failure) ?? false;
  if (compared) return false;
  const tries = fact(facts, 'http') ?? [];
  if (mayBeInstead(facts, tries)) return true;
  const steps = fact(facts, 'redirects') ?? [];
  return steps.length > 0 && tries.some((first) => mayBeLedToLogin(first, steps));
}

/**
 * The host of another site to which a plain request was led, in the clear again: filters lead to their pages so, and sites to
 * others. Neither step says who wrote it. Null: it was not.
 */
function ledInTheClear(facts: Facts): string | null {
  if (!isAskedInTheClear(facts)) return null;
  for (const { failure, location, url } of fact(facts, 'http') ?? []) {
    if (failure || location === undefined || !URL.canParse(location, url)) continue;
    const to = new URL(location, url);
    const host = hostOf(to.href);
    if (to.protocol === 'http:' && host !== null && !isSameSite(host, facts.target.host)) return host;
  }
  return null;
}
