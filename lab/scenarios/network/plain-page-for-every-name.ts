import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { everyNameLeadsHome } from '../../world/portal.js';

export default scenario({
  id: 'plain-page-for-every-name',
  side: 'network',
  title: 'A router gives its own address for every name, and the same plain page for each',
  target: 'http://shop.example.com/',
  shows: 'captive-portal',
  nearly: ['name-filtered'],
  services: {
    home: [
      http({
        status: '200 OK',
        headers: ['Content-Type: text/html'],
        body: '<h1>Welcome</h1><p>Enjoy your stay.</p>\n',
      }),
    ],
  },
  break: everyNameLeadsHome,
  expect: both(
    failed('captive-portal', {
      side: 'local-network',
      ...likely,
      culprit: { kind: 'portal' },
      innocent: ['name-filtered'],
    }),
  ),
  needs: ['nft', 'dnsmasq'],
});
