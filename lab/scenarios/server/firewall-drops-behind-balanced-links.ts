import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule, ip, sysctl } from '../../world/steps.js';

// Half of the flows take a link whose far end says nothing: a silence in the middle of the way that has nothing to do with
// the port, and must not be taken for the place where port 443 ends.
export default scenario({
  id: 'firewall-drops-behind-balanced-links',
  side: 'server',
  title: 'The server drops HTTPS; two links on the way there are balanced by ports, one of them without a word',
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['dropped-on-path', 'packet-loss'],
  break: [filterRule('server', 'input', 'tcp dport 443 drop')],
  distractors: [
    ip(
      'provider',
      'link add link core name core2 type macvlan mode private',
      'addr add 203.0.113.21/30 dev core2',
      'link set core2 up',
    ),
    ip(
      'edge',
      'link add link uplink name uplink2 type macvlan mode private',
      'addr add 203.0.113.22/30 dev uplink2',
      'link set uplink2 up',
    ),
    sysctl('provider', 'net.ipv4.fib_multipath_hash_policy=3', 'net.ipv4.fib_multipath_hash_fields=55'),
    sysctl('edge', 'net.ipv4.icmp_errors_use_inbound_ifaddr=1'),
    ip('provider', 'route replace 198.51.100.0/24 nexthop via 203.0.113.9 nexthop via 203.0.113.22'),
    filterRule('edge', 'output', 'ip saddr 203.0.113.22 icmp type time-exceeded drop'),
  ],
  expect: both(
    undetermined(['server-firewall', 'dropped-on-path'], {
      innocent: ['host-down', 'local-firewall', 'internet-down', 'packet-loss'],
    }),
  ),
  needs: ['nft'],
});
