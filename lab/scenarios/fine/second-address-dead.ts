import { both, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'second-address-dead',
  side: 'fine',
  title: 'The name has two addresses; at one of them nobody is',
  target: 'https://pair.example.com/',
  shows: 'reachable',
  nearly: ['host-down', 'ipv4-broken'],
  names: { 'pair.example.com': { A: [ADDRESS.server, '198.51.100.99'] } },
  break: [],
  expect: both({
    anyOf: [
      { outcome: 'reachable', cause: 'reachable' },
      { outcome: 'degraded', cause: 'host-down' },
    ],
  }),
});
