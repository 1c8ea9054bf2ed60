import type { GathererHead } from '../../model/gatherer.js';
import { nothingOpened } from '../../model/opened.js';

export const tlsHead: GathererHead<'tls'> = {
  fact: 'tls',
  needs: ['connect'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  // A second address may be silent for seconds: the first open connection does.
  hedge: { fact: 'connect', afterMs: 50 },
  when: (facts) => {
    if (facts.target.transport !== 'tls') return 'the target is spoken to without TLS';
    return nothingOpened(facts) ? 'no connection could be opened' : null;
  },
};
