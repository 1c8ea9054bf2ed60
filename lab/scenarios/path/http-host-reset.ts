import { both, failed, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'http-host-reset',
  side: 'path',
  title: 'The provider resets plain requests for this host',
  target: 'http://four.example.com/',
  shows: 'http-filtered',
  nearly: ['server-closes-at-once', 'reset-injected'],
  services: { server: [http()] },
  break: [
    iptables(
      'provider',
      '-A FORWARD -p tcp --dport 80 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(
    failed('http-filtered', {
      side: 'path',
      stage: 'http',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'hop', address: ADDRESS.provider },
      innocent: ['server-closes-at-once', 'local-firewall'],
    }),
  ),
  needs: ['iptables-nft'],
});
