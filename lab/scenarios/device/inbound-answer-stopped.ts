import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-answer-stopped',
  side: 'device',
  title: 'Asked from outside: the question comes in, and a rule stops the answer on its way out',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'local-firewall',
  services: { device: [http(undefined, 8080)] },
  break: [filterRule('device', 'output', 'ip daddr 198.51.100.0/24 tcp sport 8080 drop')],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { rule: { handleOf: 'block' } },
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['nft'],
});
