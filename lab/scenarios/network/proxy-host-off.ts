import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'proxy-host-off',
  side: 'network',
  title: 'The proxy of the home network is switched off; the target works without it',
  target: 'https://shop.example.com/',
  environment: { all_proxy: 'http://192.168.7.99:3128' },
  shows: 'proxy-unreachable',
  nearly: ['host-down', 'proxy-misconfigured'],
  break: [],
  expect: both(
    failed('proxy-unreachable', {
      side: 'local-network',
      stage: 'proxy',
      ...likely,
      culprit: { kind: 'proxy', name: 'all_proxy', location: 'environment', address: '192.168.7.99' },
      innocent: ['host-down', 'local-firewall'],
    }),
  ),
});
