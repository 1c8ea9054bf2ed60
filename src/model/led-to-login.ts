import { fact, type Facts, type HttpTry, type RedirectHop } from './facts.js';
import { hostOf, isSameSite } from './site.js';

/** A page of the network's own, on the public internet, in the place of the one that was asked for in the clear. */
export interface LedToLogin {
  /** Of the redirects, the step that is the network's page: 1… */
  readonly hop: number;
  readonly url: string;
  /** The check that was led there as well. */
  readonly check: string;
}

/**
 * A plain request was led to another site, and so was the check of a page elsewhere, to the very same host: whoever did that
 * reads what goes out in the clear, and is neither of the two sites.
 */
export function ledToLogin(facts: Facts): LedToLogin | null {
  const { target } = facts;
  if (target.transport !== 'plain' || target.protocol !== 'http') return null;
  const steps = fact(facts, 'redirects') ?? [];
  const caught = (fact(facts, 'references') ?? []).flatMap(({ kind, ok, failure, status = 0, says, leadsTo, name }) => {
    const to = status >= 300 && status < 400 ? says : leadsTo;
    const host = kind === 'portal' && !ok && !failure && to !== undefined ? hostOf(to) : null;
    return host === null ? [] : [{ host, name }];
  });
  const at = steps.findIndex(
    ({ host, http }) =>
      http !== undefined && !http.failure && !isSameSite(host, target.host) && caught.some((one) => one.host === host),
  );
  const step = steps[at];
  const check = caught.find(({ host }) => host === step?.host);
  return step && check ? { hop: at + 1, url: step.url, check: check.name } : null;
}

/** Names that login pages of networks give themselves, or their places. */
const loginWords =
  /log[-_]?[io]n|sign[-_]?in|auth|portal|captive|guest|hotspot|splash|welcome|wi-?fi|wlan|WISPAccessGatewayParam|type=["']?password/i;

/** A plain request ended at another site that tells itself what was asked for, or looks like a page to log in at. `location` with its query, where that is at hand. */
export function mayBeLedToLogin(
  first: HttpTry,
  hops: readonly RedirectHop[],
  location = first.location ?? '',
): boolean {
  const asked = new URL(first.url);
  const last = hops.at(-1);
  if (asked.protocol !== 'http:' || !last?.http || last.http.failure || isSameSite(last.host, asked.hostname))
    return false;
  return (
    location.slice(location.indexOf('?') + 1).includes(asked.hostname) ||
    loginWords.test(last.url) ||
    loginWords.test((last.http.bodyHead ?? '').slice(0, 4096))
  );
}
