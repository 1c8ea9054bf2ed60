import { both, failed, scenario, sure } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'proxy-is-web-server',
  side: 'device',
  title: 'A web server stands where the proxy is said to be',
  target: 'https://four.example.com/',
  environment: { https_proxy: `http://${ADDRESS.reference}:80` },
  shows: 'proxy-misconfigured',
  nearly: ['proxy-refuses', 'proxy-unreachable'],
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
