import { both, failed, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Near miss of led-to-no-network: the server's own firewall uses the very words.
export default scenario({
  id: 'firewall-says-no-network',
  side: 'server',
  title: 'The firewall of the server itself answers "network unreachable"',
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['connection-redirected', 'unreachable-by-hop'],
  break: [filterRule('server', 'input', 'tcp dport 443 reject with icmp net-unreachable', { family: 'ip' })],
  expect: both(
    failed('server-firewall', { side: 'server', ...likely, innocent: ['connection-redirected', 'unreachable-by-hop'] }),
  ),
  needs: ['nft'],
});
