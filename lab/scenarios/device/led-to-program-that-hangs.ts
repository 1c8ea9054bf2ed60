import { atMostLikely, failed, scenario } from '../../scenario.js';
import { hanging } from '../../world/products.js';
import { nft } from '../../world/steps.js';

// The kernel opens the connection for the program, as for any that listens; the server has never heard of it.
export default scenario({
  id: 'led-to-program-that-hangs',
  side: 'device',
  title: 'A rule leads HTTPS to a proxy of this device that hangs and takes no connections; the server is well',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['server-not-responding'],
  break: [
    hanging('device', '127.0.0.1:3129', 512),
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  tcp dport 443 redirect to :3129\n }\n}\n',
      { redirect: 'redirect to :3129' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      ...atMostLikely,
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'redirect', table: 'lab', chain: 'out' } },
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
  needs: ['nft'],
});
