import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'no-proxy-option',
  side: 'fine',
  title: 'A dead proxy is set, and --no-proxy passes it by',
  target: 'https://shop.example.com/',
  arguments: ['--no-proxy'],
  environment: { https_proxy: 'http://192.168.7.99:3128' },
  shows: 'reachable',
  nearly: ['proxy-unreachable'],
  break: [],
  expect: both({
    ...reachable,
    innocent: ['proxy-unreachable', 'proxy-misconfigured', 'proxy-refuses', 'proxy-required'],
  }),
});
