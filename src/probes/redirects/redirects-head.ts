import { type Facts, fact, type HttpTry } from '../../model/facts.js';
import type { GathererHead } from '../../model/gatherer.js';

export const redirectsHead: GathererHead<'redirects'> = {
  fact: 'redirects',
  needs: ['http'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (redirecting(facts) ? null : 'the answer leads nowhere else'),
};

export function redirecting(facts: Facts): HttpTry | undefined {
  return fact(facts, 'http')?.find((one) => !one.failure && leads(one));
}

/** Statuses that browsers follow (RFC 9110 15.4), and those beyond them that give a Location. */
export function leads({ status = 0, location }: HttpTry): boolean {
  return status >= 300 && status < 400 && status !== 304 && location !== undefined;
}
