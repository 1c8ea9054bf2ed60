import { both, failed, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Nothing else answers either, and still it is the hop that spoke.
export default scenario({
  id: 'rejected-without-references',
  side: 'path',
  title: 'The edge router prohibits the server, in a world without references',
  target: 'https://198.51.100.10/',
  shows: 'rejected-by-hop',
  nearly: ['internet-down', 'unreachable-by-hop'],
  break: [
    filterRule('edge', 'forward', 'tcp dport 443 reject with icmp host-prohibited', {
      family: 'ip',
      labelText: 'tcp dport 443',
    }),
  ],
  distractors: [
    filterRule('provider', 'forward', 'ip daddr { 192.0.2.0/24, 203.0.113.53 } drop', { labelText: 'ip daddr' }),
    filterRule('resolver', 'input', 'udp dport 53 drop\n  tcp dport 53 drop', { labelText: 'udp dport 53' }),
  ],
  expect: both(
    failed('rejected-by-hop', {
      side: 'path',
      ...likely,
      culprit: { kind: 'hop', address: ADDRESS.edge },
      innocent: ['internet-down'],
    }),
  ),
  needs: ['nft'],
});
