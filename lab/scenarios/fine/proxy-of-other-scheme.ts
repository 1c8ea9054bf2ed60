import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'proxy-of-other-scheme',
  side: 'fine',
  title: 'A dead proxy is set for plain HTTP only; the target is HTTPS',
  target: 'https://shop.example.com/',
  environment: { http_proxy: 'http://192.168.7.99:3128' },
  shows: 'reachable',
  nearly: ['proxy-unreachable', 'proxy-misconfigured'],
  break: [],
  expect: both({
    ...reachable,
    innocent: ['proxy-unreachable', 'proxy-misconfigured', 'proxy-refuses', 'proxy-required'],
  }),
});
