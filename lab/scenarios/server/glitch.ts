import { both, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'glitch',
  side: 'server',
  title: 'The first connection is refused on the way, every later one holds',
  target: 'https://four.example.com/',
  shows: 'momentary-glitch',
  nearly: ['nothing-listening', 'rejected-by-hop'],
  break: [
    filterRule(
      'server',
      'input',
      'tcp dport 443 tcp flags & (syn | ack) == syn numgen inc mod 1000000 < 1 reject with tcp reset',
      { labelText: 'numgen inc' },
    ),
  ],
  expect: both({
    anyOf: (['reachable', 'degraded'] as const).map((outcome) => ({
      outcome,
      cause: 'momentary-glitch',
      innocent: ['nothing-listening', 'server-firewall'],
    })),
  }),
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
