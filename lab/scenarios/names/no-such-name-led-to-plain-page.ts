import { both, scenario } from '../../scenario.js';
import { NAMES, dns, http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// Nothing failed, so that nobody outside is asked: that it is the page of that name is not said surely.
export default scenario({
  id: 'no-such-name-led-to-plain-page',
  side: 'names',
  title: 'The resolver leads every name that does not exist to a page in the clear',
  target: 'http://shpo.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['reachable'],
  services: { resolver: [dns(undefined, { ...NAMES, '*.': { A: [ADDRESS.edge] } })], edge: [http()] },
  break: [],
  expect: both({
    outcome: 'reachable',
    cause: 'reachable',
    certainty: { atMost: 'likely' },
    evidence: /made up this moment/,
  }),
});
