import { both, failed, scenario } from '../../scenario.js';
import { ip6, nft } from '../../world/steps.js';

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
  id: 'router-gone-rules-let-in',
  side: 'network',
  title: 'The router is not there by IPv6; the rules drop much, but not the messages by which it would be found',
  target: 'https://six.example.com/',
  shows: 'gateway-unreachable',
  nearly: ['local-firewall'],
  break: [nft('device', RULES), ip6('home', 'addr del 2001:db8:7::1/64 dev lan')],
  expect: both(
    failed('gateway-unreachable', {
      side: 'local-network',
      certainty: { atLeast: 'likely' },
      innocent: ['local-firewall'],
    }),
  ),
  needs: ['nft'],
});
