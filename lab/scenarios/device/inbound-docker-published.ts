import { reachable, scenario, undetermined } from '../../scenario.js';
import { publishedBesideAnother } from '../../world/docker-rules.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-docker-published',
  side: 'device',
  title: 'Asked from outside: Docker leads the port to a container, whatever else the rules keep apart',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['containers-not-connected', 'port-not-published', 'nothing-listening', 'connection-redirected'],
  break: [],
  distractors: [...publishedBesideAnother],
  expect: {
    root: reachable,
    // Where the rules cannot be read, it is only seen that no program of this network listens.
    user: undetermined(['nothing-listening', 'local-firewall']),
  },
  needs: ['iptables-nft', 'bridge'],
});
