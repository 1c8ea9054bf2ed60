import { both, failed, scenario } from '../../scenario.js';
import { http, redirectTo } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'portal-lets-checks-through',
  side: 'network',
  title: 'The portal leads every site to its login page, and lets the pages through that devices look for one with',
  target: 'http://four.example.com/',
  shows: 'captive-portal',
  nearly: ['http-server-error', 'redirect-loop'],
  services: { home: [http(redirectTo('http://192.168.7.1/login', '302 Found'), 8081)] },
  break: [
    nft(
      'home',
      `table inet portal {
        chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "lan" ip daddr != { 192.168.7.1, ${ADDRESS.reference} } tcp dport 80 redirect to :8081; }
      }\n`,
    ),
  ],
  expect: both(failed('captive-portal', { side: 'local-network', certainty: { atMost: 'likely' } })),
  needs: ['nft'],
});
