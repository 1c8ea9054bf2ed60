import { failed, onlyLikely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'input-without-established',
  side: 'device',
  title: 'The rules for what comes in let a login in and forget the answers to what this device asked: all is silent',
  target: '198.51.100.10:443',
  shows: 'local-firewall',
  nearly: ['internet-down', 'gateway-unreachable', 'server-firewall'],
  break: [
    nft(
      'device',
      'table inet lab {\n chain in {\n  type filter hook input priority 0; policy drop;\n  iif lo accept\n  tcp dport 22 accept\n  icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept\n }\n}\n',
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', rule: { family: 'inet', table: 'lab', chain: 'in' } },
      innocent: ['internet-down', 'gateway-unreachable'],
    }),
    user: failed('local-firewall', {
      side: 'this-device',
      ...onlyLikely,
      evidence: /handed on to nobody/,
      innocent: ['internet-down', 'gateway-unreachable'],
    }),
  },
  needs: ['nft'],
});
