import { both, failed, likely, scenario } from '../../scenario.js';
import { http, https, redirectTo } from '../../world/internet.js';
import { everyNameLeadsHome } from '../../world/portal.js';

export default scenario({
  id: 'portal-by-names',
  side: 'network',
  title: 'A portal gives its own address for every name, whatever name server is asked',
  target: 'https://shop.example.com/',
  shows: 'captive-portal',
  nearly: ['certificate-name-mismatch', 'certificate-untrusted', 'name-filtered', 'tls-intercepted'],
  services: {
    home: [
      http(redirectTo('http://192.168.7.1/login', '302 Found')),
      https({ certificate: 'self-signed', names: ['portal.guests.example'] }),
    ],
  },
  break: everyNameLeadsHome,
  expect: both(
    failed('captive-portal', {
      side: 'local-network',
      ...likely,
      culprit: { kind: 'portal', name: /192\.168\.7\.1\/login/ },
      innocent: ['certificate-name-mismatch', 'certificate-untrusted', 'name-filtered', 'tls-intercepted'],
    }),
  ),
  needs: ['nft', 'dnsmasq'],
});
