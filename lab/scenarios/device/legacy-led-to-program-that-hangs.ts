import { atMostLikely, failed, scenario } from '../../scenario.js';
import { hanging } from '../../world/products.js';
import { iptablesRestore } from '../../world/steps.js';

export default scenario({
  id: 'legacy-led-to-program-that-hangs',
  side: 'device',
  title: 'A rule of iptables-legacy leads HTTPS to a proxy of this device that hangs; the server is well',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['server-not-responding'],
  break: [
    hanging('device', '127.0.0.1:3129', 512),
    iptablesRestore(
      'device',
      '*nat\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A OUTPUT -p tcp -m tcp --dport 443 -j REDIRECT --to-ports 3129\nCOMMIT\n',
      { backend: 'legacy' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      ...atMostLikely,
      culprit: {
        kind: 'firewall-rule',
        rule: { backend: 'iptables-legacy', table: 'nat', chain: 'OUTPUT', number: 1 },
      },
      innocent: ['server-not-responding'],
    }),
    user: failed('connection-redirected', {
      side: 'this-device',
      ...atMostLikely,
      culprit: { kind: 'service', name: 'port 3129' },
      innocent: ['server-not-responding'],
    }),
  },
  // Connections wait in its queue for ever.
  fresh: true,
  needs: ['iptables-legacy'],
});
