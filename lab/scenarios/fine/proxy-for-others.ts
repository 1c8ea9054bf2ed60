import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'proxy-for-others',
  side: 'fine',
  title: 'A proxy variable is set, and no_proxy leaves this host out',
  target: 'https://shop.example.com/',
  environment: { https_proxy: 'http://192.168.7.99:3128', no_proxy: 'localhost,.example.com' },
  shows: 'reachable',
  nearly: ['proxy-unreachable'],
  break: [],
  expect: both({ ...reachable, innocent: ['proxy-unreachable', 'proxy-misconfigured'] }),
});
