import type { GathererHead } from '../../model/gatherer.js';

export const httpHead: GathererHead<'http'> = {
  fact: 'http',
  needs: ['connect', 'tls'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  hedge: { fact: 'connect', afterMs: 50 },
  when: ({ target }) => (target.protocol === 'http' ? null : 'the target does not speak HTTP'),
};
