import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { http, REFERENCE, redirectTo } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// A page with a good certificate comes in the end, on the internet: only that others are led there as well tells.
export default scenario({
  id: 'portal-public-login-page',
  side: 'network',
  title:
    'The target is plain HTTP: the portal leads it to the login page of its maker, far outside and with a good certificate',
  target: 'http://four.example.com/',
  shows: 'captive-portal',
  nearly: ['reachable', 'http-filtered', 'redirect-loop'],
  names: { 'login.hotspots.example': { A: [ADDRESS.reference] } },
  services: {
    home: [http(redirectTo('https://login.hotspots.example/start?site=7', '302 Found'), 8081)],
    reference: REFERENCE.map((service) =>
      service.kind === 'https'
        ? {
            ...service,
            tls: { ...service.tls, names: ['www.example.net', 'connectivity.example.net', 'login.hotspots.example'] },
          }
        : service,
    ),
  },
  break: [
    nft(
      'home',
      `table inet portal {
        chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "lan" ip daddr != 192.168.7.1 tcp dport 80 redirect to :8081; }
      }\n`,
    ),
  ],
  expect: both(
    failed('captive-portal', {
      side: 'local-network',
      ...onlyLikely,
      culprit: { kind: 'portal', name: /login\.hotspots\.example\/start/ },
      innocent: ['http-filtered', 'redirect-loop'],
    }),
  ),
  needs: ['nft'],
});
