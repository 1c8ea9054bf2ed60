import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule, iptables } from '../../world/steps.js';

// Any packet that the router lets out comes to any server then, so that the two look like neighbours.
export default scenario({
  id: 'hop-limit-set-anew-by-router',
  side: 'path',
  title: 'The router of the network sets the hop limit anew; the last router before the server drops the port',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['gateway-unreachable', 'internet-down'],
  break: [filterRule('edge', 'forward', 'tcp dport 443 drop')],
  distractors: [iptables('home', '-t mangle -A POSTROUTING -o wan -j TTL --ttl-set 64')],
  expect: both(undetermined(['dropped-on-path', 'server-firewall'], { evidence: /nothing after it does/ })),
  needs: ['nft', 'iptables-nft'],
});
