import type { GathererHead } from '../../model/gatherer.js';

export const tlsHead: GathererHead<'tls'> = {
  fact: 'tls',
  needs: ['connect'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  // A second address may be silent for seconds: the first open connection does.
  hedge: { fact: 'connect', afterMs: 50 },
  when: ({ target }) => (target.transport === 'tls' ? null : 'the target is spoken to without TLS'),
};
