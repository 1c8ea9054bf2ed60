import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ufw } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-ufw',
  side: 'device',
  title: 'Asked from outside: ufw denies by a rule of its own, with a comment',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'local-firewall',
  nearly: ['nothing-listening'],
  services: { device: [http(undefined, 8080)] },
  break: [
    ufw(
      'device',
      'allow 22/tcp',
      `deny from ${ADDRESS.server} to any port 8080 proto tcp comment guests`,
      'allow 8080/tcp',
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: {
        owner: 'ufw',
        name: `ufw rule 2, "deny from ${ADDRESS.server} to any port 8080 proto tcp" (comment: guests)`,
        rule: { table: 'filter', chain: 'ufw-user-input', number: 2 },
      },
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['ufw'],
});
