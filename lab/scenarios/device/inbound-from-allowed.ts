import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-from-allowed',
  side: 'device',
  title: 'Asked from the one network that the rules let in',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.home],
  shows: 'reachable',
  nearly: ['local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [],
  distractors: [
    nft(
      'device',
      `table inet guard {
    set outcasts { type ipv4_addr; flags interval; elements = { 192.168.7.128/25, 203.0.113.0/24 }; }
    chain inp { type filter hook input priority filter; policy drop;
      iifname "lo" accept
      ip saddr @outcasts drop
      ct state established,related accept
      ip saddr 192.168.7.0/24 tcp dport { 22, 8080 } accept
    }
  }\n`,
    ),
  ],
  expect: { root: reachable, user: undetermined(['local-firewall']) },
  needs: ['nft'],
});
