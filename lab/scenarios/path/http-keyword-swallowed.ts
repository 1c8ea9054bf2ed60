import { both, failed, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'http-keyword-swallowed',
  side: 'path',
  title: 'The provider resets requests that hold a certain word, whatever the host',
  target: 'http://four.example.com/history/june-fourth',
  shows: 'http-filtered',
  nearly: ['server-closes-at-once', 'reset-injected', 'http-forbidden'],
  services: { server: [http()] },
  break: [
    iptables(
      'provider',
      '-A FORWARD -p tcp --dport 80 -m string --string june-fourth --algo bm -j REJECT --reject-with tcp-reset',
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
