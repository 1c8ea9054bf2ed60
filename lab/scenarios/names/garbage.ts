import { both, failed, scenario, undetermined } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'garbage',
  side: 'names',
  title: 'The resolver answers with bytes that are no DNS',
  target: 'https://shop.example.com/',
  shows: 'resolver-failing',
  services: { resolver: [dns({ garbage: Buffer.alloc(300, 0xff).toString('base64') })] },
  break: [],
  expect: both({
    anyOf: [
      failed(['resolver-failing', 'resolver-unreachable'], { stage: 'name', culprit: { address: ADDRESS.resolver } }),
      undetermined(['resolver-failing']),
    ],
  }),
});
