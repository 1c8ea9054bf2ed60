import { failed, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'own-snat-to-wrong-address',
  side: 'device',
  title: 'A rule of this computer gives what it sends to that server a sender to which no answer finds its way',
  target: '198.51.100.10:443',
  shows: 'connection-redirected',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [
    nft(
      'device',
      'table ip lab {\n chain post {\n  type nat hook postrouting priority 100; policy accept;\n  ip daddr 198.51.100.10 tcp dport 443 snat to 10.77.0.9\n }\n}\n',
      { snat: 'snat to' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'snat' } },
      innocent: ['server-firewall', 'dropped-on-path'],
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['nft'],
});
