import { both, failed, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { conntrackFull } from '../../world/products.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-conntrack-full',
  side: 'device',
  title: "Asked from outside: the device's table of connections is full",
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'conntrack-table-full',
  nearly: ['local-firewall', 'nothing-listening'],
  services: { device: [http(undefined, 8080)] },
  break: [
    nft(
      'device',
      'table inet lab { chain in { type filter hook input priority 0; policy accept; ct state new counter; }; }',
    ),
    ...conntrackFull('device'),
  ],
  expect: both(
    failed('conntrack-table-full', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'limit', name: /nf_conntrack/ },
    }),
  ),
  needs: ['nft', 'conntrack'],
});
