import { failed, onlyLikely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'own-dnat-to-other-server',
  side: 'device',
  title: 'A rule of this computer leads HTTPS to another server, which shows its own certificate',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['certificate-name-mismatch', 'local-firewall'],
  break: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  ip daddr 198.51.100.10 tcp dport 443 dnat to 192.0.2.80:443\n }\n}\n',
      { redirect: 'tcp dport 443' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'redirect', table: 'lab', chain: 'out' } },
      innocent: ['certificate-name-mismatch', 'local-firewall'],
    }),
    // Kept from every router, the connection gets out all the same: by a rule here, though not by which.
    user: failed('connection-redirected', {
      side: 'this-device',
      ...onlyLikely,
      innocent: ['certificate-name-mismatch', 'local-firewall'],
    }),
  },
  needs: ['nft'],
});
