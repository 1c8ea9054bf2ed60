import { routesFrom } from '../inspectors/routes/routes.js';
import type { FactKey, FactValues, Facts } from '../model/facts.js';
import type { Context, Gatherer } from '../model/gatherer.js';
import { known } from '../model/observed.js';
import { localEnd } from '../probes/connect/local-end.js';
import { interference } from '../probes/interference/interference.js';
import { asLedTo, placeAhead } from './led-right.js';

/**
 * Where a name leads astray, and the target does not work where others say that it is either: what stops it there, by the
 * experiments that would be made had the name led there.
 */
export const nameAhead: Gatherer<'name.ahead'> = {
  fact: 'name.ahead',
  needs: ['name.places', 'name.config'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts) => {
    const place = placeAhead(facts);
    return place === null ? 'it works there, or nobody gives another address' : null;
  },
  async gather(facts, context) {
    const place = placeAhead(facts);
    if (!place) throw new Error('gathered though there is nothing to gather');
    const there = asLedTo(place, facts);
    const own: Context = {
      ...context,
      lateStep: () => null,
      explained: () => undefined,
      latest: () => ({ ...there, ...referencesOf(context.latest()) }),
    };
    const [routes, end, filter] = await Promise.all([
      routesFrom(undefined, there, own),
      measured(localEnd, there, own),
      measured(interference, there, own),
    ]);
    return known(
      {
        address: place.address,
        port: place.port,
        routes: routes.state === 'known' ? routes.value : null,
        localEnd: end,
        interference: filter,
      },
      'the same experiments there',
    );
  },
};

function referencesOf({ references }: Facts): Pick<Facts, 'references'> {
  return references === undefined ? {} : { references };
}

async function measured<K extends FactKey>(
  gatherer: Gatherer<K>,
  there: Facts,
  context: Context,
): Promise<FactValues[K] | null> {
  if (!gatherer.platforms.includes(context.system.platform) || gatherer.when?.(there, context)) return null;
  const found = await gatherer.gather(there, context);
  return found.state === 'known' ? found.value : null;
}
