import { atMostLikely, failed, scenario } from '../../scenario.js';
import { iptablesRestore } from '../../world/steps.js';

// No trace follows a rule of iptables-legacy: it is read, and its counter rises with each of our connections.
export default scenario({
  id: 'legacy-redirected-to-dead-port',
  side: 'device',
  title: 'A rule of iptables-legacy leads HTTPS to a port of this device where nothing listens any more',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['local-firewall', 'nothing-listening'],
  break: [
    iptablesRestore(
      'device',
      '*nat\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A OUTPUT -d 198.51.100.99/32 -p tcp -m tcp --dport 443 -j ACCEPT\n-A OUTPUT -p tcp -m tcp --dport 443 -j REDIRECT --to-ports 3129\nCOMMIT\n',
      { backend: 'legacy' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: {
        kind: 'firewall-rule',
        rule: { backend: 'iptables-legacy', table: 'nat', chain: 'OUTPUT', number: 2 },
      },
      innocent: ['local-firewall', 'nothing-listening'],
    }),
    user: failed(['connection-redirected', 'local-firewall', 'undetermined'], {
      side: 'this-device',
      ...atMostLikely,
      innocent: ['nothing-listening'],
    }),
  },
  needs: ['iptables-legacy'],
});
