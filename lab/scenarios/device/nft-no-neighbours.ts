import { failed, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';

const RULES = `table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    iif "lo" accept
    ct state established,related accept
    tcp dport 22 accept
  }
}
`;

export default scenario({
  id: 'nft-no-neighbours',
  side: 'device',
  title: 'A policy lets only what belongs to open connections in: the answers by which IPv6 finds its router are none',
  target: 'https://six.example.com/',
  shows: 'local-firewall',
  nearly: ['gateway-unreachable'],
  break: [nft('device', RULES)],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: { kind: 'policy', rule: { table: 'filter', chain: 'input' } },
      innocent: ['gateway-unreachable'],
    }),
    // The rules may not be read; that the router is not found on the link is seen.
    user: {
      anyOf: [
        undetermined(['gateway-unreachable']),
        failed('gateway-unreachable', { certainty: { atLeast: 'possible', atMost: 'likely' } }),
      ],
    },
  },
  needs: ['nft'],
});
