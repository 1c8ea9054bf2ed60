import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-answers-of-known-connections',
  side: 'fine',
  title: 'Asked from outside: only answers of known connections may leave, and this one is known',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [],
  distractors: [
    nft(
      'device',
      `table inet lab {
    chain pre { type filter hook prerouting priority raw;
      tcp dport 9090 notrack
    }
    chain out { type filter hook output priority filter; policy drop;
      oif lo accept
      ct state established,related accept
    }
  }\n`,
    ),
  ],
  expect: { root: reachable, user: undetermined(['local-firewall']) },
  needs: ['nft'],
});
