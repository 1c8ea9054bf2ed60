import { failed, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// As root the kernel follows the answer to the rule. Without, packets are counted that came in and were handed on to nobody.
export default scenario({
  id: 'long-answers-dropped-here',
  side: 'device',
  title:
    "This computer's own firewall drops long packets that come in: the connection opens, and the answer never arrives",
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-not-responding', 'path-mtu-blackhole'],
  break: [
    nft(
      'device',
      'table inet lab {\n chain in {\n  type filter hook input priority 0; policy accept;\n  meta length > 1000 drop\n }\n}\n',
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', name: /meta length > 1000 drop/ },
      innocent: ['server-not-responding'],
    }),
    user: undetermined(['local-firewall', 'path-mtu-blackhole']),
  },
  needs: ['nft'],
});
