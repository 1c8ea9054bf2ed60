import { failed, scenario, undetermined } from '../../scenario.js';
import { publishedBesideAnother } from '../../world/docker-rules.js';

export default scenario({
  id: 'inbound-docker-isolation',
  side: 'device',
  title: 'A container asks for a port of this device that belongs to a container of another network',
  target: '8080',
  arguments: ['inbound', '--from', '172.18.0.5'],
  shows: 'containers-not-connected',
  nearly: ['local-firewall', 'nothing-listening'],
  break: [...publishedBesideAnother],
  expect: {
    root: failed('containers-not-connected', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { owner: 'docker', rule: { table: 'filter', chain: 'DOCKER-ISOLATION-STAGE-2' } },
      innocent: ['local-firewall', 'nothing-listening'],
    }),
    // Where the rules cannot be read, it is only seen that no program of this network listens.
    user: undetermined(['nothing-listening', 'local-firewall']),
  },
  needs: ['iptables-nft', 'bridge'],
});
