import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'tls13-answer-swallowed',
  side: 'path',
  title: 'The provider swallows the answer of every server that chooses TLS 1.3',
  target: 'https://four.example.com/',
  shows: 'tls-version-mismatch',
  nearly: ['server-not-responding', 'sni-filtered', 'path-mtu-blackhole', 'packet-loss'],
  break: [
    // The version that a server has chosen (RFC 8446 4.2.1): extension 43, two bytes, 0x0304.
    iptables('provider', '-A FORWARD -p tcp --sport 443 -m string --hex-string |002b00020304| --algo bm -j DROP'),
  ],
  expect: both(
    failed('tls-version-mismatch', {
      side: 'unknown',
      ...onlyLikely,
      culprit: { kind: 'limit', name: 'TLS 1.3' },
      innocent: ['server-not-responding', 'sni-filtered', 'path-mtu-blackhole', 'packet-loss'],
    }),
  ),
  needs: ['iptables-nft', 'iptables-string'],
});
