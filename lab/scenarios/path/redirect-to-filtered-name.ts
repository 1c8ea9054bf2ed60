import { both, failed, scenario } from '../../scenario.js';
import { REFERENCE, redirectTo } from '../../world/internet.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'redirect-to-filtered-name',
  side: 'path',
  title: 'A short link leads to a name that the provider resets',
  target: 'http://www.example.net/x1',
  shows: 'sni-filtered',
  nearly: ['server-closes-at-once', 'http-filtered'],
  services: {
    reference: REFERENCE.map((service) =>
      service.kind === 'http'
        ? { ...service, routes: { ...service.routes, '/x1': redirectTo('https://four.example.com/story') } }
        : service,
    ),
  },
  break: [
    iptables(
      'provider',
      '-A FORWARD -p tcp --dport 443 -m string --string four.example.com --algo bm -j REJECT --reject-with tcp-reset',
    ),
  ],
  expect: both(
    failed('sni-filtered', {
      side: 'path',
      stage: 'tls',
      certainty: { atLeast: 'proven' },
      innocent: ['server-closes-at-once', 'http-filtered', 'local-firewall'],
    }),
  ),
  needs: ['iptables-nft'],
});
