import { both, reachable, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

const RULES = `table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    iif "lo" accept
    ct state established,related accept
    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
  }
}
`;

export default scenario({
  id: 'nft-neighbours-let-in',
  side: 'fine',
  title: 'A policy lets only what belongs to open connections in, and the messages by which IPv6 finds its router',
  target: 'https://six.example.com/',
  shows: 'reachable',
  nearly: ['local-firewall', 'gateway-unreachable'],
  break: [nft('device', RULES)],
  expect: both({ ...reachable, innocent: ['local-firewall', 'gateway-unreachable'] }),
  needs: ['nft'],
});
