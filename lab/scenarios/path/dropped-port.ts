import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'dropped-port',
  side: 'path',
  title: 'A router drops HTTPS to the server; its other ports answer',
  target: 'https://shop.example.com/',
  shows: 'dropped-on-path',
  nearly: ['server-firewall', 'host-down'],
  break: [
    filterRule(
      'provider',
      'forward',
      `ip daddr ${ADDRESS.server} tcp dport 443 drop\n  ip6 daddr ${ADDRESS.server6} tcp dport 443 drop`,
      { labelText: 'ip daddr' },
    ),
  ],
  // Port 80 has the next router answer where 443 never does: so it is not the server. From outside nobody rules out what
  // might lead port 443 elsewhere.
  expect: both(
    failed('dropped-on-path', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'hop', address: /^(?:203\.0\.113\.1|2001:db8:113:1::1)$/ },
      evidence: /port 80 [45] times and for port 443 not once/,
      innocent: ['host-down', 'local-firewall', 'internet-down', 'server-firewall'],
    }),
  ),
  needs: ['nft'],
});
