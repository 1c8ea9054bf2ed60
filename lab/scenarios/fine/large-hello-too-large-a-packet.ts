import { both, reachable, scenario } from '../../scenario.js';
import { realSegments } from '../../world/first-segment.js';
import { filterRule, ip } from '../../world/steps.js';

// A hello of two packets hangs here as well, for its first packet is full: what is in it is of no matter. What the server says
// is smaller than the link: told of it, it would ask for smaller packets itself.
export default scenario({
  id: 'large-hello-too-large-a-packet',
  side: 'fine',
  title: 'A link carries 1450 bytes and the messages that say so are blocked: small hellos and pages get through',
  target: 'https://four.example.com/',
  arguments: ['--thorough'],
  shows: 'reachable',
  nearly: ['large-hello-blocked'],
  break: [
    realSegments,
    ip('provider', 'link set core mtu 1450'),
    ip('edge', 'link set uplink mtu 1450'),
    filterRule('provider', 'output', 'icmp type destination-unreachable icmp code 4 drop', { labelText: 'icmp' }),
  ],
  expect: both({ ...reachable, innocent: ['large-hello-blocked'] }),
  needs: ['nft'],
});
