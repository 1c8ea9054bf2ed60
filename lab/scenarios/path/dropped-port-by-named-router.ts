import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'dropped-port-by-named-router',
  side: 'path',
  title: "The provider's router, which has a reverse name, drops HTTPS to the server",
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['server-firewall', 'host-down'],
  names: {
    '1.113.0.203.in-addr.arpa': { PTR: 'bras1.isp.example.net' },
    '9.113.0.203.in-addr.arpa': { PTR: 'core1.isp.example.net' },
  },
  break: [
    filterRule('provider', 'forward', `ip daddr ${ADDRESS.server} tcp dport 443 drop`, { labelText: 'ip daddr' }),
  ],
  expect: both(
    failed('dropped-on-path', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'hop', address: ADDRESS.provider },
      evidence: /is called bras1\.isp\.example\.net/,
      innocent: ['host-down', 'local-firewall', 'server-firewall'],
    }),
  ),
  needs: ['nft'],
});
