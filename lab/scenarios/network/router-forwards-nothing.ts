import { both, failed, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'router-forwards-nothing',
  side: 'network',
  title: 'The home router answers pings and drops everything that it should forward',
  target: 'https://four.example.com/',
  shows: 'internet-down',
  nearly: ['gateway-unreachable', 'resolver-unreachable'],
  break: [filterRule('home', 'forward', 'drop')],
  expect: both(
    failed('internet-down', {
      side: ['local-network', 'path'],
      ...likely,
      innocent: ['resolver-unreachable', 'gateway-unreachable'],
    }),
  ),
  needs: ['nft'],
});
