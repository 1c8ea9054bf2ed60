import type { NameConfig } from '../../model/facts.js';
import { fact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { askResolvers } from './ask-resolvers.js';
import { isSearchedFirst } from './resolver-file.js';

const MAX_RESOLVERS = 4;
const MAX_SEARCH = 3;
/** getaddrinfo is silent for 5 s before it says that a resolver is: what is to be known then is asked meanwhile. */
const HEDGE_MS = 150;

/** What each configured resolver says when it is asked directly, without files, caches and retries between. */
export const directNames: Gatherer<'name.direct'> = {
  fact: 'name.direct',
  needs: ['name.config'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  apart: true,
  whenLate: { afterMs: 150 },
  hedge: { fact: 'name.system', afterMs: HEDGE_MS },
  when: ({ target }) => {
    if (target.literal !== 0) return 'the target is an address';
    return target.host === '' ? 'the target has no host name' : null;
  },
  async gather(facts, context) {
    const config = fact(facts, 'name.config');
    if (!config) return skipped('it is not known which resolvers this device asks');
    const direct = await askResolvers(
      askedName(facts.target.host, config),
      config.resolvers.slice(0, MAX_RESOLVERS),
      context,
      { overTcp: true },
    );
    if (direct.answers.length === 0) return skipped('no question could be asked to the end');
    const denied = direct.answers.every(({ failure }) => failure?.code === 'nxdomain' || failure?.code === 'no-data');
    const searched =
      denied || isSearchedFirst(facts.target.host, config) ? await search(facts.target.host, config, context) : [];
    return known(searched.length > 0 ? { ...direct, searched } : direct, 'DNS');
  },
};

/** A name with dots enough is tried as it is, and only after a "no" with each search domain behind it. */
async function search(
  host: string,
  { search: domains, resolvers }: NameConfig,
  context: Context,
): Promise<{ domain: string; addresses: string[] }[]> {
  if (!host.includes('.') || host.endsWith('.')) return [];
  return Promise.all(
    domains.slice(0, MAX_SEARCH).map(async (domain) => {
      const { answers } = await askResolvers(`${host}.${domain}`, resolvers.slice(0, 1), context);
      return { domain, addresses: answers.filter(({ failure }) => !failure).flatMap(({ addresses }) => addresses) };
    }),
  );
}

/** A single label is looked for in the search domains first (ndots:1); the first of them stands for all. */
export function askedName(host: string, config: NameConfig): string {
  const [domain] = config.search;
  return host.includes('.') || domain === undefined ? host : `${host}.${domain}`;
}
