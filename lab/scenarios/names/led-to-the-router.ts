import { both, scenario, undetermined } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'led-to-the-router',
  side: 'names',
  title: 'The home router is the resolver too, and leads a name to itself; it has no page there',
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['nothing-listening'],
  services: { home: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.home] } })] },
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
  break: [],
  expect: both(undetermined(['name-filtered', 'nothing-listening'])),
});
