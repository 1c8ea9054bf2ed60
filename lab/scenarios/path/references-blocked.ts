import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// A control's own failure proves nothing.
export default scenario({
  id: 'references-blocked',
  side: 'path',
  title: "The references are blocked, and the server drops us; the provider's resolver answers",
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['internet-down', 'port-blocked-everywhere'],
  break: [filterRule('server', 'input', 'tcp dport 443 drop')],
  distractors: [
    filterRule('provider', 'forward', 'ip daddr 192.0.2.0/24 drop\n  ip6 daddr 2001:db8:192::/64 drop', {
      labelText: 'ip daddr',
    }),
  ],
  expect: both({
    anyOf: [
      undetermined(['server-firewall', 'dropped-on-path'], { innocent: ['internet-down', 'local-firewall'] }),
      failed('internet-down', { certainty: { atMost: 'possible' } }),
    ],
  }),
  needs: ['nft'],
});
