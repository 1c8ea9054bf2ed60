import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { firewalld, ufw } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-ufw-and-firewalld',
  side: 'device',
  title: 'Asked from outside: ufw allows the port, and the zone of firewalld does not open it',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'security-software-conflict',
  nearly: ['local-firewall', 'nothing-listening'],
  services: { device: [http(undefined, 8080)] },
  // In this order: firewalld empties the tables of iptables when it starts.
  break: [firewalld('device', '--add-port=8081/tcp'), ufw('device', 'allow 8080/tcp')],
  expect: {
    root: failed('security-software-conflict', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'product', name: 'ufw and firewalld', owner: 'firewalld' },
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['ufw', 'firewalld'],
});
