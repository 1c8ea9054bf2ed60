import { both, failed, scenario, undetermined } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'compression-loop',
  side: 'names',
  title: "The resolver's answers hold a name that points to itself",
  target: 'https://shop.example.com/',
  shows: 'resolver-failing',
  services: { resolver: [dns({ compressionLoop: true })] },
  break: [],
  expect: both({
    anyOf: [
      failed('resolver-failing', { stage: 'name', culprit: { address: ADDRESS.resolver } }),
      undetermined(['resolver-failing']),
    ],
  }),
});
