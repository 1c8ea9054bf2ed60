import { both, reachable, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'proxy-in-capitals',
  side: 'fine',
  title: 'HTTP_PROXY in capitals names a dead proxy; curl does not read it for plain HTTP',
  target: 'http://four.example.com/',
  environment: { HTTP_PROXY: 'http://192.168.7.99:3128' },
  shows: 'reachable',
  nearly: ['proxy-unreachable'],
  services: { server: [http()] },
  break: [],
  expect: both({
    ...reachable,
    innocent: ['proxy-unreachable', 'proxy-misconfigured', 'proxy-refuses', 'proxy-required'],
  }),
});
