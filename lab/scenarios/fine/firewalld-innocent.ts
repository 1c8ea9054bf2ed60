import { both, reachable, scenario } from '../../scenario.js';
import { firewalld } from '../../world/steps.js';

export default scenario({
  id: 'firewalld-innocent',
  side: 'fine',
  title: 'firewalld runs as it comes, with a rule against somebody else',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['local-firewall'],
  break: [],
  distractors: [firewalld('device', `--add-rich-rule='rule family="ipv4" source address="203.0.113.77/32" drop'`)],
  expect: both({ ...reachable, innocent: ['local-firewall'] }),
  needs: ['firewalld'],
});
