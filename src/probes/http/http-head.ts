import type { GathererHead } from '../../model/gatherer.js';
import { nothingOpened } from '../../model/opened.js';

export const httpHead: GathererHead<'http'> = {
  fact: 'http',
  needs: ['connect', 'tls'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  hedge: { fact: 'connect', afterMs: 50 },
  when: (facts) => {
    if (facts.target.protocol !== 'http') return 'the target does not speak HTTP';
    return nothingOpened(facts) ? 'there is no connection to ask on' : null;
  },
};
