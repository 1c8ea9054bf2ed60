import { reachable, scenario, undetermined } from '../../scenario.js';
import { publishedBesideAnother } from '../../world/docker-rules.js';
import { ufw } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-docker-past-ufw',
  side: 'device',
  title: 'Asked from outside: ufw denies what comes in, and Docker leads the port past it',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['containers-not-connected', 'port-not-published', 'nothing-listening', 'local-firewall'],
  break: [],
  distractors: [ufw('device', 'deny 8080/tcp'), ...publishedBesideAnother],
  expect: {
    root: reachable,
    // Where the rules cannot be read, it is only seen that no program of this network listens.
    user: undetermined(['nothing-listening', 'local-firewall']),
  },
  needs: ['ufw', 'iptables-nft', 'bridge'],
});
