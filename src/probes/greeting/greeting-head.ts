import type { GathererHead } from '../../model/gatherer.js';

export const greetingHead: GathererHead<'greeting'> = {
  fact: 'greeting',
  needs: ['connect', 'tls'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  hedge: { fact: 'connect', afterMs: 50 },
  when: ({ target }) => (target.protocol === 'service' ? null : 'the target speaks HTTP'),
};
