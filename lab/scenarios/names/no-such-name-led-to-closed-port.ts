import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

// Near to it: names/wildcard-of-own-network, and names/ghost-name.
export default scenario({
  id: 'no-such-name-led-to-closed-port',
  side: 'names',
  title: 'The resolver gives one address for every name that does not exist, and nothing listens there',
  target: 'https://shpo.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['nothing-listening'],
  services: { resolver: [dns(undefined, { ...NAMES, '*.': { A: [ADDRESS.edge] } })] },
  break: [],
  expect: both(
    failed('name-does-not-exist', {
      stage: 'name',
      ...onlyLikely,
      culprit: { kind: 'zone', name: 'example.com' },
      also: ['name-filtered'],
      evidence: /made up this moment/,
      innocent: ['nothing-listening', 'dns-answer-forged'],
    }),
  ),
});
