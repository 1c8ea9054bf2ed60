import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// No other port answers, so that datagrams are the comparison: the router behind answers to them and to no TCP.
export default scenario({
  id: 'dropped-tcp-not-udp',
  side: 'path',
  title: 'The provider drops all TCP to the server, and nothing else',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['server-firewall', 'host-down'],
  break: [
    filterRule('provider', 'forward', `ip daddr ${ADDRESS.server} tcp dport 1-65535 drop`, { labelText: 'ip daddr' }),
  ],
  expect: both(
    failed('dropped-on-path', {
      side: 'path',
      ...onlyLikely,
      culprit: { kind: 'hop', address: ADDRESS.provider },
      evidence: /UDP [45] times and for port 443 not once/,
      innocent: ['host-down', 'local-firewall', 'internet-down', 'server-firewall'],
    }),
  ),
  needs: ['nft'],
});
