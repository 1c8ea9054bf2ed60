import { both, failed, scenario } from '../../scenario.js';
import { ONLY_PROXY_GETS_OUT, PROXY_NAMES, PROXY_URL, withProxy } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-required-environment',
  side: 'network',
  title: 'Only the proxy gets out; /etc/environment names it, and this program was started without',
  target: 'https://four.example.com/',
  shows: 'proxy-required',
  nearly: ['internet-down', 'dropped-on-path', 'server-firewall'],
  names: PROXY_NAMES,
  services: { resolver: withProxy() },
  files: { environment: `# by the administrator\nhttp_proxy=${PROXY_URL}\nhttps_proxy="${PROXY_URL}"\n` },
  break: [ONLY_PROXY_GETS_OUT],
  expect: both(
    failed('proxy-required', {
      side: 'local-network',
      stage: 'proxy',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'setting', name: 'https_proxy', location: '/etc/environment:3' },
      innocent: ['internet-down', 'dropped-on-path'],
    }),
  ),
  needs: ['nft'],
});
