import type { GathererHead } from '../../model/gatherer.js';
import { nothingOpened } from '../../model/opened.js';

export const greetingHead: GathererHead<'greeting'> = {
  fact: 'greeting',
  needs: ['connect', 'tls'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  hedge: { fact: 'connect', afterMs: 50 },
  when: (facts) => {
    if (facts.target.protocol !== 'service') return 'the target speaks HTTP';
    return nothingOpened(facts) ? 'there is no connection to listen on' : null;
  },
};
