import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule, iptables } from '../../world/steps.js';

// It comes again and again, at hops next to each other, or where it may speak: no circle.
export default scenario({
  id: 'router-answers-for-all-behind',
  side: 'path',
  title:
    "The server's firewall drops; the router before it lets packets of few hops end with itself, and says so when it may",
  target: 'https://four.example.com/',
  shows: 'undetermined',
  nearly: ['routing-loop'],
  break: [filterRule('server', 'input', 'tcp dport 443 drop', { labelText: 'tcp dport 443' })],
  distractors: [
    iptables('edge', '-t mangle -A PREROUTING -i uplink -p tcp -m ttl --ttl-lt 40 -j TTL --ttl-set 1'),
    filterRule('edge', 'output', 'icmp type time-exceeded limit rate over 20/second burst 7 packets drop'),
  ],
  expect: both(undetermined(['server-firewall', 'dropped-on-path'], { innocent: ['routing-loop'] })),
  needs: ['nft', 'iptables-nft'],
});
