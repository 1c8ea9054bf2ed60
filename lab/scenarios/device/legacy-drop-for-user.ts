import { failed, scenario, undetermined } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

// Rules of iptables-legacy leave no event: as root they are read, and this one asks who sends.
export default scenario({
  id: 'legacy-drop-for-user',
  side: 'device',
  title: 'A rule of iptables-legacy drops what root and nobody send to that port; those of other ports let it pass',
  target: 'https://four.example.com/',
  shows: 'app-policy',
  nearly: ['local-firewall', 'dropped-on-path'],
  break: [
    iptablesRestore(
      'device',
      `*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A OUTPUT -p tcp -m tcp --dport 8443 -m owner --uid-owner 0-65534 -j DROP
-A OUTPUT -p tcp -m tcp --dport 443 -m owner --uid-owner 0-65534 -j DROP
COMMIT`,
      { backend: 'legacy' },
    ),
  ],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { rule: { backend: 'iptables-legacy', chain: 'OUTPUT', number: 2, text: /uid-owner/ } },
    }),
    user: {
      anyOf: [
        failed(['local-firewall', 'app-policy'], { side: 'this-device', certainty: { atMost: 'likely' } }),
        undetermined(['local-firewall', 'app-policy']),
      ],
    },
  },
  needs: ['iptables-legacy'],
});
