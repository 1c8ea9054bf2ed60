import { both, failed, scenario, undetermined } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'answers-other-name',
  side: 'names',
  title: 'The resolver answers a question that nobody asked',
  target: 'https://shop.example.com/',
  shows: 'resolver-failing',
  services: { resolver: [dns({ answersForName: 'www.example.org' })] },
  break: [],
  expect: both({
    anyOf: [
      failed(['resolver-failing', 'resolver-unreachable'], { stage: 'name', culprit: { address: ADDRESS.resolver } }),
      failed('dns-answer-forged', { certainty: { atMost: 'likely' } }),
      undetermined(['resolver-failing']),
    ],
  }),
});
