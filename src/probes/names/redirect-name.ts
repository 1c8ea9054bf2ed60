import { fact, type Facts } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { askResolvers } from './ask-resolvers.js';
import { askedName } from './direct-names.js';
import { isPublicName } from '../../model/public-name.js';
import { referenceResolvers } from './reference-resolvers.js';

const mostResolvers = 2;
const patienceMs = [500, 1_000];

/** What this device's resolvers and others say of a name that a redirect led to, and that the system did not find. */
export const redirectName: Gatherer<'name.redirect'> = {
  fact: 'name.redirect',
  needs: ['redirects', 'name.config'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (missedIn(facts) === null ? 'no redirect led to a name that was not found' : null),
  async gather(facts, context) {
    const name = missedIn(facts);
    const config = fact(facts, 'name.config');
    if (name === null || !config) return skipped('no redirect led to a name that was not found');
    const outside = context.options.references && isPublicName(name);
    const [direct, reference] = await Promise.all([
      askResolvers(askedName(name, config), config.resolvers.slice(0, mostResolvers), context, { patienceMs }),
      outside
        ? askResolvers(name, referenceResolvers(context.options.settings).slice(0, mostResolvers), context, {
            patienceMs,
          })
        : null,
    ]);
    if (direct.answers.length === 0) return skipped('no question could be asked to the end');
    return known({ name, direct, reference: reference && reference.answers.length > 0 ? reference : null }, 'DNS');
  },
};

function missedIn(facts: Facts): string | null {
  const last = fact(facts, 'redirects')?.at(-1);
  return last?.nameFailure && !last.proxy ? last.host : null;
}
