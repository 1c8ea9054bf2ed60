import { both, failed, likely, scenario } from '../../scenario.js';
import { http, https, redirectTo } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

// What hotel and train networks do: plain HTTP is led to the login page, TLS to the portal's own certificate.
export default scenario({
  id: 'portal-login',
  side: 'network',
  title: 'A portal catches ports 80 and 443: a redirect to its login page, its own certificate',
  target: 'https://shop.example.com/',
  shows: 'captive-portal',
  nearly: ['certificate-untrusted', 'certificate-name-mismatch', 'tls-intercepted'],
  services: {
    home: [
      http(redirectTo('http://192.168.7.1:8080/login?from=shop', '302 Found'), 8080),
      https({ certificate: 'self-signed', names: ['portal.guests.example'] }, undefined, 8443),
    ],
  },
  break: [
    nft(
      'home',
      `table inet portal { chain pre { type nat hook prerouting priority dstnat; policy accept;
        iifname "lan" tcp dport 80 redirect to :8080
        iifname "lan" tcp dport 443 redirect to :8443
      }
      }\n`,
    ),
  ],
  expect: both(
    failed('captive-portal', {
      side: 'local-network',
      ...likely,
      culprit: { kind: 'portal', name: /192\.168\.7\.1:8080\/login/ },
      innocent: ['certificate-untrusted', 'certificate-name-mismatch', 'tls-intercepted', 'antivirus-intercepts-tls'],
    }),
  ),
  needs: ['nft'],
});
