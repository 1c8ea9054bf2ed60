import { both, failed, likely, scenario } from '../../scenario.js';
import { PROXY_NAME, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxies-contradict',
  side: 'device',
  title:
    'This session has a port on which no proxy runs, what begins anew has the right one, and programs in Go have none',
  target: 'https://four.example.com/',
  environment: { https_proxy: `http://${PROXY_NAME}:8080`, no_proxy: '*.example.com' },
  shows: 'proxy-misconfigured',
  nearly: ['nothing-listening', 'proxy-unreachable'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  files: { environment: `# all users\nhttps_proxy=${PROXY_URL}\n` },
  break: [],
  expect: both(
    failed('proxy-misconfigured', {
      stage: 'proxy',
      ...likely,
      culprit: { kind: 'setting', name: 'https_proxy', location: 'environment' },
      evidence: /contradict.*sessions that begin anew.*3128 by https_proxy in \/etc\/environment:2/,
      innocent: ['nothing-listening', 'local-firewall'],
    }),
  ),
});
