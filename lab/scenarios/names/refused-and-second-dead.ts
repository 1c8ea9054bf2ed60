import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { dns, NAMES } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'refused-and-second-dead',
  side: 'names',
  title: 'The first resolver refuses this one name and answers all others; the second one is dead, and is not to blame',
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['resolver-unreachable', 'resolver-failing'],
  services: {
    resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.server], behaviour: { rcode: 5 } } })],
  },
  files: { resolvConf: `nameserver ${ADDRESS.resolver}\nnameserver ${ADDRESS.home}\n` },
  break: [],
  expect: both(failed('name-filtered', { ...onlyLikely, culprit: { kind: 'resolver', address: ADDRESS.resolver } })),
});
