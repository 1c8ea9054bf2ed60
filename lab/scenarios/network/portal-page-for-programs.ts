import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'portal-page-for-programs',
  side: 'network',
  title:
    'A portal answers every plain request with its own page (200), which says where to log in (WISPr), and drops TLS',
  target: 'https://four.example.com/',
  shows: 'captive-portal',
  nearly: ['dropped-on-path', 'server-firewall', 'internet-down', 'http-filtered'],
  services: {
    home: [
      http(
        {
          status: '200 OK',
          headers: ['Content-Type: text/html'],
          body: `<html><head><title>Guest network</title></head><body>Welcome
<!-- <?xml version="1.0"?><WISPAccessGatewayParam><Redirect><MessageType>100</MessageType>
<LoginURL>https://login.guests.example/hotspot</LoginURL></Redirect></WISPAccessGatewayParam> --></body></html>\n`,
        },
        8080,
      ),
    ],
  },
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
      culprit: { kind: 'portal', name: /^https:\/\/login\.guests\.example\/hotspot$/ },
      innocent: ['dropped-on-path', 'server-firewall', 'internet-down', 'local-firewall'],
    }),
  ),
  needs: ['nft'],
});
