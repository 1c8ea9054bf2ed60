import { both, failed, scenario, sure } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'portal-says-511',
  side: 'network',
  title: 'A portal answers 511 to every plain request (RFC 6585)',
  target: 'http://shop.example.com/',
  shows: 'captive-portal',
  nearly: ['http-server-error', 'http-forbidden'],
  services: {
    home: [
      http(
        {
          status: '511 Network Authentication Required',
          headers: ['Content-Type: text/html'],
          body: '<meta http-equiv="refresh" content="0; url=http://login.guests.example/">\n',
        },
        8080,
      ),
    ],
  },
  break: [
    nft(
      'home',
      `table inet portal { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "lan" tcp dport 80 redirect to :8080; }
      }\n`,
    ),
  ],
  expect: both(
    failed('captive-portal', {
      side: 'local-network',
      ...sure,
      culprit: { kind: 'portal' },
      innocent: ['http-server-error', 'http-forbidden'],
    }),
  ),
  needs: ['nft'],
});
