import { both, failed, scenario } from '../../scenario.js';
import { dns, http, NAMES } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// OONI's case 16. A page comes, and nothing failed, so that nobody outside is asked: that it is the site's is not said surely.
export default scenario({
  id: 'ghost-name-block-page',
  side: 'names',
  title: 'A name that its owner gave up is led to a page in the clear that speaks of being blocked',
  target: 'http://ghost.example.com/',
  shows: 'name-filtered',
  nearly: ['reachable'],
  services: {
    resolver: [dns(undefined, { ...NAMES, 'ghost.example.com': { A: [ADDRESS.edge] } })],
    edge: [
      http({
        status: '200 OK',
        headers: ['Content-Type: text/html'],
        body: '<title>Blocked</title><p>Access to this website is blocked by order of the authority.</p>',
      }),
    ],
  },
  break: [],
  expect: both({
    anyOf: [
      failed(['name-filtered', 'http-filtered'], { certainty: { atMost: 'likely' } }),
      {
        outcome: 'reachable',
        cause: 'reachable',
        certainty: { atMost: 'likely' },
        evidence: /speaks of being blocked/,
      },
    ],
  }),
});
