import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

const ruleset = (elements: string): string => `table inet f2b-table {
    set addr-set-nginx { type ipv4_addr; elements = { ${elements} }; }
    chain f2b-chain { type filter hook input priority filter - 1; policy accept; tcp dport { 80, 8080 } ip saddr @addr-set-nginx reject with icmp port-unreachable; }
  }\n`;

export default scenario({
  id: 'inbound-banned',
  side: 'device',
  title: 'Asked from outside: fail2ban has banned exactly this address',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'client-banned',
  nearly: ['local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [nft('device', ruleset(`203.0.113.77, ${ADDRESS.server}`), { block: '@addr-set-nginx' })],
  expect: {
    root: failed('client-banned', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { owner: 'fail2ban', name: /nginx/, rule: { handleOf: 'block' } },
      innocent: ['local-firewall'],
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['nft'],
});
