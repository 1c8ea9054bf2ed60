import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { firewalld } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-firewalld',
  side: 'device',
  title: 'Asked from outside: the zone of firewalld does not open the port',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'local-firewall',
  nearly: ['nothing-listening'],
  services: { device: [http(undefined, 8080)] },
  break: [firewalld('device', '--add-port=8081/tcp')],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { owner: 'firewalld', rule: { backend: 'nft', family: 'inet', table: 'firewalld' } },
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['firewalld'],
});
