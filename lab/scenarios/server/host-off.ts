import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'host-off',
  side: 'server',
  title: 'The server is switched off: the router beside it looks for it in vain',
  target: 'https://gone.example.com/',
  shows: 'host-down',
  nearly: ['unreachable-by-hop', 'rejected-by-hop'],
  names: { 'gone.example.com': { A: ['198.51.100.99'] } },
  break: [],
  expect: both(
    failed('host-down', {
      side: 'server',
      ...likely,
      culprit: { address: '198.51.100.99' },
      innocent: ['unreachable-by-hop', 'rejected-by-hop'],
    }),
  ),
});
