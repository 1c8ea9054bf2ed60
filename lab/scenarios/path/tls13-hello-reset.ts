import { both, failed, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'tls13-hello-reset',
  side: 'path',
  title: 'The provider resets whatever offers TLS 1.3',
  target: 'https://four.example.com/',
  shows: 'reset-injected',
  nearly: ['tls-version-mismatch', 'server-closes-at-once', 'sni-filtered', 'path-mtu-blackhole'],
  break: [
    // What a client offers (RFC 8446 4.2.1): extension 43, five bytes, of which four are versions, 0x0304 first.
    iptables(
      'provider',
      '-A FORWARD -p tcp --dport 443 -m string --hex-string |002b00050403040303| --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(
    failed('reset-injected', {
      side: 'path',
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['tls-version-mismatch', 'server-closes-at-once', 'sni-filtered'],
    }),
  ),
  needs: ['iptables-nft', 'iptables-string'],
});
