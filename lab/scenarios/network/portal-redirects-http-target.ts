import { both, failed, likely, scenario } from '../../scenario.js';
import { http, redirectTo } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'portal-redirects-http-target',
  side: 'network',
  title: 'The target is plain HTTP: the portal leads it to its login page in the home network',
  target: 'http://four.example.com/',
  shows: 'captive-portal',
  nearly: ['redirect-loop', 'http-filtered', 'reachable'],
  services: {
    home: [
      http(redirectTo('http://192.168.7.1:8080/login', '302 Found'), 8081),
      http({ status: '200 OK', headers: ['Content-Type: text/html'], body: '<form>Room number</form>\n' }, 8080),
    ],
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
      ...likely,
      culprit: { kind: 'portal', name: /192\.168\.7\.1:8080\/login/ },
      innocent: ['http-filtered', 'redirect-loop'],
    }),
  ),
  needs: ['nft'],
});
