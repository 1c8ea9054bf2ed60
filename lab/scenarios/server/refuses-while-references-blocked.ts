import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule, iptables } from '../../world/steps.js';

export default scenario({
  id: 'refuses-while-references-blocked',
  side: 'server',
  title: 'The server resets this one name, while the provider drops the names of the references',
  target: 'https://four.example.com/',
  shows: 'undetermined',
  nearly: ['sni-filtered', 'reset-injected'],
  break: [
    iptables(
      'server',
      '-A INPUT -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  distractors: [
    iptables('provider', '-A FORWARD -p tcp -m string --string example.net --algo bm -j DROP'),
    filterRule('home', 'output', 'icmp type time-exceeded drop'),
  ],
  expect: both({
    anyOf: [
      undetermined([], { innocent: ['sni-filtered', 'reset-injected', 'local-firewall'] }),
      failed('server-closes-at-once', {
        certainty: { atMost: 'likely' },
        innocent: ['sni-filtered', 'reset-injected'],
      }),
    ],
  }),
  needs: ['iptables-nft', 'nft'],
});
