import { both, scenario, undetermined } from '../../scenario.js';
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
  expect: both(
    undetermined(['dropped-on-path', 'server-firewall'], {
      innocent: ['host-down', 'local-firewall', 'internet-down'],
    }),
  ),
  needs: ['nft'],
});
