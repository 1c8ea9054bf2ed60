import { failed, onlyLikely, scenario } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

export default scenario({
  id: 'legacy-dnat-to-other-server',
  side: 'device',
  title: 'A rule of iptables-legacy leads HTTPS to another server, which shows its own certificate',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['certificate-name-mismatch', 'local-firewall'],
  break: [
    iptablesRestore(
      'device',
      '*nat\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A OUTPUT -d 198.51.100.10/32 -p tcp -m tcp --dport 443 -j DNAT --to-destination 192.0.2.80:443\nCOMMIT\n',
      { backend: 'legacy' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      ...onlyLikely,
      culprit: {
        kind: 'firewall-rule',
        rule: { backend: 'iptables-legacy', table: 'nat', chain: 'OUTPUT', number: 1 },
      },
      innocent: ['certificate-name-mismatch', 'local-firewall'],
    }),
    user: failed('connection-redirected', {
      side: 'this-device',
      ...onlyLikely,
      innocent: ['certificate-name-mismatch', 'local-firewall'],
    }),
  },
  needs: ['iptables-legacy'],
});
