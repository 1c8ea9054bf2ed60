import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-untracked-answer',
  side: 'device',
  title:
    'Asked from outside: the port is kept out of the table of connections, and only answers of known ones may leave',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'local-firewall',
  nearly: ['reachable', 'nothing-listening'],
  services: { device: [http(undefined, 8080)] },
  break: [
    nft(
      'device',
      `table inet lab {
    chain pre { type filter hook prerouting priority raw;
      tcp dport 8080 notrack
    }
    chain out { type filter hook output priority filter; policy drop;
      oif lo accept
      ct state established,related accept
    }
  }\n`,
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'policy', rule: { table: 'lab', chain: 'out' } },
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['nft'],
});
