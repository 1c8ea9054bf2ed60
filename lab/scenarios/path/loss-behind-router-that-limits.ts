import { both, scenario } from '../../scenario.js';
import { filterRule, nft } from '../../world/steps.js';

// The home router answers two errors a second: counted alone, it would seem to lose more packets than anybody.
export default scenario({
  id: 'loss-behind-router-that-limits',
  side: 'path',
  title: 'Half of what would open a connection gets lost at the provider; the home router limits its ICMP errors',
  target: 'http://four.example.com:8080/',
  shows: 'packet-loss',
  nearly: ['dropped-on-path', 'server-firewall', 'momentary-glitch', 'gateway-unreachable'],
  services: {
    server: [{ kind: 'http', port: 8080, routes: { '*': { status: '200 OK', body: 'well\n' } } }],
  },
  // The very first packet always, so that there is something to find in each run; then by chance.
  break: [
    nft(
      'provider',
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
  distractors: [
    filterRule('home', 'output', 'icmp type time-exceeded limit rate over 2/second burst 1 packets drop', {
      table: 'quiet',
      labelText: 'icmp type',
    }),
  ],
  expect: both({
    anyOf: (['degraded', 'failed'] as const).map((outcome) => ({
      outcome,
      cause: 'packet-loss',
      side: 'path' as const,
      culprit: { kind: 'hop' as const, address: /^(?:203\.0\.113\.1|198\.51\.100\.10)$/ },
      innocent: ['dropped-on-path', 'server-firewall', 'gateway-unreachable'],
    })),
  }),
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
