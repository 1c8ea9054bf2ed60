import { both, reachable, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'blackhole-elsewhere',
  side: 'fine',
  title: 'A blackhole route leads elsewhere',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['no-route'],
  break: [],
  distractors: [ip('device', 'route add blackhole 198.51.101.0/24', 'route add unreachable 10.0.0.0/8')],
  expect: both({ ...reachable, innocent: ['no-route'] }),
});
