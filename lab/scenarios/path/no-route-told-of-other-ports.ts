import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ip, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// A router answers so many packets a second and no more. Here each packet of the connection itself came at the wrong moment.
export default scenario({
  id: 'no-route-told-of-other-ports',
  side: 'path',
  title: "The provider has no route; all that it says of that meets other packets than the connection's own",
  target: 'https://four.example.com/',
  shows: 'unreachable-by-hop',
  nearly: ['dropped-on-path', 'server-firewall', 'host-down', 'packet-loss'],
  break: [ip('provider', 'route del 198.51.100.0/24')],
  // The port stands 30 bytes into the error: its own head, then that of IP and the first of TCP.
  distractors: [
    nft(
      'provider',
      `table ip lab { chain output { type filter hook output priority 0; policy accept;
        icmp type destination-unreachable @th,240,16 443 drop
      }
      }\n`,
    ),
  ],
  expect: both(
    failed('unreachable-by-hop', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['dropped-on-path', 'server-firewall', 'host-down'],
    }),
  ),
  needs: ['nft'],
  // The router says so many errors and no more: the first run uses them up.
  fresh: true,
});
