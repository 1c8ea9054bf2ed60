import { failed, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-redirected-past-open-port',
  side: 'device',
  title: 'Asked from outside: the port is led to another one of this device, and the filter opens only the first',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'local-firewall',
  nearly: ['nothing-listening', 'connection-redirected'],
  services: { device: [http(undefined, 9090)] },
  break: [
    nft(
      'device',
      `table ip lab {
    chain pre { type nat hook prerouting priority dstnat;
      tcp dport 8080 redirect to :9090
    }
    chain inp { type filter hook input priority filter; policy drop;
      iif lo accept
      ct state established accept
      tcp dport 8080 accept
    }
  }\n`,
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'policy', rule: { family: 'ip', table: 'lab', chain: 'inp' } },
      innocent: ['nothing-listening'],
    }),
    // A user sees no rules: that the port is led elsewhere neither.
    user: failed('nothing-listening', { certainty: { atMost: 'likely' } }),
  },
  needs: ['nft'],
});
