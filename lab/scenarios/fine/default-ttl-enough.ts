import { both, reachable, scenario } from '../../scenario.js';
import { sysctl } from '../../world/steps.js';

export default scenario({
  id: 'default-ttl-enough',
  side: 'fine',
  title: 'A default hop limit of 20, which is less than usual and enough',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['no-route'],
  break: [],
  distractors: [sysctl('device', 'net.ipv4.ip_default_ttl=20')],
  expect: both({ ...reachable, innocent: ['no-route'] }),
});
