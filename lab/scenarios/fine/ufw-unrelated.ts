import { both, reachable, scenario } from '../../scenario.js';
import { ufw } from '../../world/steps.js';

export default scenario({
  id: 'ufw-unrelated',
  side: 'fine',
  title: 'ufw is on and denies another port',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['local-firewall'],
  break: [],
  distractors: [ufw('device', 'deny out 25/tcp', 'deny 8080/tcp')],
  expect: both({ ...reachable, innocent: ['local-firewall'] }),
  needs: ['ufw'],
});
