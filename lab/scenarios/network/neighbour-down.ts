import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'neighbour-down',
  side: 'network',
  title: 'A machine on the own network is switched off',
  target: 'http://192.168.7.30/',
  shows: 'host-down',
  nearly: ['gateway-unreachable', 'no-route'],
  break: [],
  expect: both(
    failed('host-down', {
      ...likely,
      culprit: { address: '192.168.7.30' },
      innocent: ['gateway-unreachable', 'internet-down'],
    }),
  ),
});
