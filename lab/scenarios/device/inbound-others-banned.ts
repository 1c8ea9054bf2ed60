import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-others-banned',
  side: 'device',
  title: 'Asked from outside: fail2ban has banned neighbours of this address',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['client-banned'],
  services: { device: [http(undefined, 8080)] },
  break: [],
  distractors: [
    nft(
      'device',
      `table inet f2b-table {
    set addr-set-nginx { type ipv4_addr; flags interval; elements = { 198.51.100.11-198.51.100.40, 203.0.113.0/24 }; }
    chain f2b-chain { type filter hook input priority filter - 1; policy accept; tcp dport { 80, 8080 } ip saddr @addr-set-nginx reject with icmp port-unreachable; }
  }\n`,
    ),
  ],
  expect: { root: reachable, user: undetermined(['local-firewall']) },
  needs: ['nft'],
});
