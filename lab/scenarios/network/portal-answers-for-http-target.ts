import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'portal-answers-for-http-target',
  side: 'network',
  title:
    'The target is plain HTTP: the portal answers 200 with its own page in the place of every site, without a redirect',
  target: 'http://four.example.com/',
  shows: 'captive-portal',
  nearly: ['reachable', 'http-filtered', 'transparent-proxy'],
  services: {
    home: [
      http(
        {
          status: '200 OK',
          headers: ['Content-Type: text/html'],
          body: '<!doctype html><title>Guests</title><form method="post" action="http://192.168.7.1:8080/welcome"><input name="room"> Room number</form>\n',
        },
        8081,
      ),
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
      culprit: { kind: 'portal', name: /192\.168\.7\.1:8080\/welcome/ },
      innocent: ['http-filtered', 'transparent-proxy'],
    }),
  ),
  needs: ['nft'],
});
