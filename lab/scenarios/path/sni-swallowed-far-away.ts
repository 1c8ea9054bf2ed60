import { both, failed, scenario, sure } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'sni-swallowed-far-away',
  side: 'path',
  title: 'The provider swallows what opens TLS for this name, on a way of 300 ms',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['server-not-responding', 'path-mtu-blackhole', 'packet-loss'],
  break: [iptables('provider', '-A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j DROP')],
  distractors: [...slowLine('edge', { delayMs: 150 })],
  expect: both(
    failed('sni-filtered', {
      side: 'path',
      stage: 'tls',
      ...sure,
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['server-not-responding', 'path-mtu-blackhole', 'packet-loss'],
    }),
  ),
  needs: ['nfqueue', 'iptables-nft', 'iptables-string'],
});
