import { both, failed, scenario, sure } from '../../scenario.js';
import { http, https, redirectTo } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'proxy-is-redirecting-web-server',
  side: 'device',
  title: 'The proxy is said to be on port 80 of a web server that leads everybody on to HTTPS',
  target: 'https://four.example.com/',
  environment: { https_proxy: `http://${ADDRESS.server}:80` },
  shows: 'proxy-misconfigured',
  nearly: ['proxy-refuses', 'proxy-unreachable'],
  services: { server: [https(), http(redirectTo('https://four.example.com/'))] },
  break: [],
  expect: both(
    failed('proxy-misconfigured', {
      stage: 'proxy',
      ...sure,
      culprit: { kind: 'setting', name: 'https_proxy' },
      innocent: ['proxy-refuses'],
    }),
  ),
});
