import { both, failed, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'sni-swallowed',
  side: 'path',
  title: 'The provider swallows what opens TLS for this name',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['server-not-responding', 'path-mtu-blackhole', 'packet-loss'],
  break: [iptables('provider', '-A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j DROP')],
  expect: both(
    failed('sni-filtered', {
      side: 'path',
      stage: 'tls',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['server-not-responding', 'path-mtu-blackhole', 'local-firewall'],
    }),
  ),
  needs: ['iptables-nft'],
});
