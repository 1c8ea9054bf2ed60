import { both, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'bans-us',
  side: 'server',
  title: 'The server has our address on a ban list and drops us; nobody outside can see that',
  target: 'https://four.example.com/',
  shows: 'client-banned',
  nearly: ['host-down'],
  break: [
    nft(
      'server',
      `table inet f2b-table {
    set addr-set-nginx { type ipv4_addr; elements = { 203.0.113.77, ${ADDRESS.device} }; }
    chain f2b-chain { type filter hook input priority filter - 1; policy accept; tcp dport { 80, 443 } ip saddr @addr-set-nginx drop; }
  }\n`,
    ),
  ],
  expect: both(
    undetermined(['server-firewall', 'dropped-on-path'], {
      innocent: ['local-firewall', 'internet-down', 'host-down'],
    }),
  ),
  needs: ['nft'],
});
