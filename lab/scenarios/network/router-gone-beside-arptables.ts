import { both, failed, likely, scenario } from '../../scenario.js';
import { ip, nft } from '../../world/steps.js';

export default scenario({
  id: 'router-gone-beside-arptables',
  side: 'network',
  title: 'The router is gone, and a rule of arptables is for another address',
  target: 'https://198.51.100.10/',
  shows: 'gateway-unreachable',
  nearly: ['local-firewall', 'internet-down'],
  break: [ip('home', 'addr flush dev lan')],
  distractors: [
    nft(
      'device',
      'table arp lab {\n chain out {\n  type filter hook output priority 0; policy accept;\n  arp daddr ip 192.168.7.99 drop\n }\n}\n',
      { block: 'drop' },
    ),
  ],
  expect: both(
    failed('gateway-unreachable', {
      side: ['local-network', 'this-device'],
      ...likely,
      innocent: ['local-firewall', 'internet-down'],
    }),
  ),
  needs: ['nft'],
});
