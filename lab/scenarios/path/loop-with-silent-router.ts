import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule, ip } from '../../world/steps.js';

export default scenario({
  id: 'loop-with-silent-router',
  side: 'path',
  title: 'Two routers send the packets back and forth, and one of them never says that a packet ended there',
  target: 'https://four.example.com/',
  shows: 'routing-loop',
  nearly: ['dropped-on-path', 'host-down'],
  break: [ip('edge', 'route add 198.51.100.10/32 via 203.0.113.10')],
  distractors: [filterRule('provider', 'output', 'icmp type time-exceeded drop')],
  expect: both(
    failed('routing-loop', { side: 'path', ...onlyLikely, culprit: { kind: 'hop', name: /203\.0\.113\.9/ } }),
  ),
  needs: ['nft'],
});
