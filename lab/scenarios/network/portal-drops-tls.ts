import { both, failed, likely, scenario } from '../../scenario.js';
import { http, redirectTo } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'portal-drops-tls',
  side: 'network',
  title: 'A portal catches port 80 and drops everything else',
  target: 'https://four.example.com/',
  shows: 'captive-portal',
  nearly: ['dropped-on-path', 'server-firewall', 'internet-down'],
  services: { home: [http(redirectTo('http://login.guests.example/', '302 Found'), 8080)] },
  break: [
    nft(
      'home',
      `table inet portal {
        chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "lan" tcp dport 80 redirect to :8080; }
        chain forward { type filter hook forward priority filter; policy accept; iifname "lan" meta l4proto tcp drop; }
      }\n`,
    ),
  ],
  expect: both(
    failed('captive-portal', {
      side: 'local-network',
      ...likely,
      culprit: { kind: 'portal', name: /login\.guests\.example/ },
      innocent: ['dropped-on-path', 'server-firewall', 'internet-down', 'local-firewall'],
    }),
  ),
  needs: ['nft'],
});
