import { scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';

/**
 * A page that was asked for in the clear on the internet leads to the very router that leads out of this network: a site
 * elsewhere does not know that address, the router does. Some portals let through what devices look for one with, so that
 * such a check shows nothing. Sites of makers of routers lead to a usual address of theirs: that it is this one may be chance.
 */
export function ledToGateway(attempt: FailedAttempt, { facts, attempts }: Scene): Finding | null {
  if (attempt.outcome.code !== 'redirect-refused' || attempt.hop !== 1 || facts.target.transport !== 'plain')
    return null;
  const asked = attempts.findLast((one) => one.stage === 'http' && one.hop === 0 && one.address !== null)?.address;
  if (asked === undefined || asked === null || scopeOf(asked) !== 'public') return null;
  const step = fact(facts, 'redirects')?.[0];
  const routers = new Set(fact(facts, 'device.routes')?.defaults.flatMap(({ via }) => via ?? []) ?? []);
  const router = step?.addresses.find((address) => routers.has(address));
  if (!step || router === undefined || scopeOf(router) === 'public') return null;
  return {
    says: 'fits',
    weight: 0.8,
    atMost: 'likely',
    culprit: { kind: 'portal', name: step.url, address: router },
    summary: `This network wants you to log in first: in the place of ${facts.target.host} comes a page that leads to your own router.`,
    advice: 'open that page in a browser and log in',
    evidence: [
      { fact: 'redirects', says: `the plain request was led to ${step.url}` },
      { fact: 'device.routes', says: `${router} is the router that leads out of this network` },
    ],
  };
}
