import { both, scenario, undetermined } from '../../scenario.js';
import { balanced, secondLink } from '../../world/balanced.js';
import { filterRule, sysctl } from '../../world/steps.js';

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
    ...secondLink,
    sysctl('edge', 'net.ipv4.icmp_errors_use_inbound_ifaddr=1'),
    balanced,
    filterRule('edge', 'output', 'ip saddr 203.0.113.22 icmp type time-exceeded drop'),
  ],
  expect: both(
    undetermined(['server-firewall', 'dropped-on-path'], {
      innocent: ['host-down', 'local-firewall', 'internet-down', 'packet-loss'],
    }),
  ),
  needs: ['nft'],
});
