import { atMostLikely, both, failed, scenario, undetermined } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// What nobody outside knows, this network's own name server does: it has an answer for all of its names, and for no other.
export default scenario({
  id: 'wildcard-of-own-network',
  side: 'names',
  title: 'Only the resolver of this network knows names below one domain, all with one address; nothing listens there',
  target: 'https://chat.apps.example.com/',
  shows: 'nothing-listening',
  nearly: ['name-does-not-exist'],
  services: { resolver: [dns(undefined, { ...NAMES, '*.apps.example.com': { A: [ADDRESS.edge] } })] },
  break: [],
  expect: both({
    anyOf: [
      failed('nothing-listening', { ...atMostLikely, innocent: ['name-does-not-exist'] }),
      undetermined(['nothing-listening'], { innocent: ['name-does-not-exist'] }),
    ],
  }),
});
