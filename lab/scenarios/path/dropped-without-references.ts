import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Routers of the provider answer: the line is not dead, though nothing that is asked for answers.
export default scenario({
  id: 'dropped-without-references',
  side: 'path',
  title: 'The edge router drops everything to the server, in a world without references',
  target: 'https://198.51.100.10/',
  shows: 'dropped-on-path',
  nearly: ['internet-down', 'gateway-unreachable'],
  break: [filterRule('edge', 'forward', 'drop')],
  distractors: [
    filterRule('provider', 'forward', 'ip daddr { 192.0.2.0/24, 203.0.113.53 } drop', { labelText: 'ip daddr' }),
    filterRule('resolver', 'input', 'udp dport 53 drop\n  tcp dport 53 drop', { labelText: 'udp dport 53' }),
  ],
  expect: both(
    undetermined(['dropped-on-path', 'server-firewall'], { innocent: ['internet-down', 'gateway-unreachable'] }),
  ),
  needs: ['nft'],
});
