import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';
import { slowLine } from '../../world/line/slow-line.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'name-slowed-to-a-trickle',
  side: 'path',
  title: 'The provider slows down what TLS is opened for in this name, to 6 kB a second',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['server-not-responding', 'path-mtu-blackhole', 'packet-loss', 'server-overloaded'],
  services: { server: [https({}, { status: '200 OK', body: 'x'.repeat(120_000) }), ssh()] },
  break: [
    iptables(
      'provider',
      '-t mangle -A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j CONNMARK --set-mark 1',
    ),
    ...slowLine('provider', {
      delayMs: 0,
      bytesPerSecond: 6_000,
      queueMs: 1_500,
      only: '-m connmark --mark 1',
      family: 4,
    }),
  ],
  expect: both(
    failed('sni-filtered', {
      side: 'path',
      ...onlyLikely,
      evidence: /bytes came in \d+ ms.* for this name/,
      innocent: ['server-not-responding', 'path-mtu-blackhole', 'packet-loss', 'server-overloaded'],
    }),
  ),
  needs: ['nfqueue', 'iptables-nft', 'iptables-string'],
  // What a run leaves in the queue would make the next one wait.
  fresh: true,
});
