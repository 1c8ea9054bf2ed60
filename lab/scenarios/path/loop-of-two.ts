import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'loop-of-two',
  side: 'path',
  title: "The router beside the server sends its packets back to the provider's, and that one sends them again",
  target: 'https://four.example.com/',
  shows: 'routing-loop',
  nearly: ['unreachable-by-hop', 'host-down', 'rejected-by-hop'],
  break: [ip('edge', 'route add 198.51.100.10/32 via 203.0.113.10')],
  expect: both(
    failed('routing-loop', {
      side: 'path',
      ...likely,
      culprit: { kind: 'hop', name: /203\.0\.113\.(?:1|10)\b.*203\.0\.113\.9|203\.0\.113\.9.*203\.0\.113\.(?:1|10)\b/ },
      innocent: ['unreachable-by-hop', 'host-down', 'rejected-by-hop', 'internet-down'],
    }),
  ),
});
