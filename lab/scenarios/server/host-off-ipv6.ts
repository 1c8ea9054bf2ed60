import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'host-off-ipv6',
  side: 'server',
  title: 'An IPv6 server is switched off',
  target: 'https://[2001:db8:100::99]/',
  shows: 'host-down',
  nearly: ['unreachable-by-hop'],
  break: [],
  expect: both(failed('host-down', { side: 'server', ...likely, culprit: { address: '2001:db8:100::99' } })),
});
