import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'internet-line-down',
  side: 'network',
  title: 'The line to the provider is down: the home router has no route to anything',
  target: 'https://shop.example.com/',
  shows: 'internet-down',
  nearly: ['unreachable-by-hop', 'resolver-unreachable'],
  break: [ip('home', 'link set wan down')],
  expect: both(
    failed('internet-down', {
      side: ['path', 'local-network'],
      ...likely,
      innocent: ['resolver-unreachable', 'unreachable-by-hop'],
    }),
  ),
});
