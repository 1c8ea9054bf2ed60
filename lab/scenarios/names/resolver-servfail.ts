import { both, failed, likely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'resolver-servfail',
  side: 'names',
  title: 'The resolver answers every question with SERVFAIL',
  target: 'https://shop.example.com/',
  shows: 'resolver-failing',
  nearly: ['resolver-unreachable', 'name-does-not-exist'],
  services: { resolver: [dns({ rcode: 2 })] },
  break: [],
  expect: both(
    failed('resolver-failing', { stage: 'name', ...likely, culprit: { kind: 'resolver', address: ADDRESS.resolver } }),
  ),
});
