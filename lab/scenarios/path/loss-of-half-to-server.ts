import { both, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'loss-of-half-to-server',
  side: 'path',
  title: 'Half of the packets that would open a connection to the server get lost; everything else is well',
  target: 'http://four.example.com:8080/',
  shows: 'packet-loss',
  nearly: ['dropped-on-path', 'server-firewall', 'momentary-glitch', 'host-down', 'server-not-responding'],
  services: {
    server: [{ kind: 'http', port: 8080, routes: { '*': { status: '200 OK', body: 'well\n' } } }],
  },
  // The very first packet always, so that there is something to find in each run; then by chance.
  break: [
    nft(
      'edge',
      `table inet lab { chain forward { type filter hook forward priority filter; policy accept;
        tcp dport 8080 tcp flags & (syn | ack) == syn jump lossy
      }
      chain lossy {
        numgen inc mod 1000000 == 0 drop
        numgen random mod 100 < 50 drop
      }
      }\n`,
    ),
  ],
  expect: both({
    anyOf: [
      { outcome: 'degraded', cause: 'packet-loss', side: 'path', innocent: ['dropped-on-path', 'server-firewall'] },
      { outcome: 'failed', cause: 'packet-loss', side: 'path', innocent: ['dropped-on-path', 'server-firewall'] },
    ],
  }),
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
