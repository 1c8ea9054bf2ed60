import { both, reachable, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';

// The near miss of server/certificate-other-name-by-ipv6: IPv6 comes first here, and programs never get to the other one.
export default scenario({
  id: 'certificate-other-name-by-ipv4',
  side: 'fine',
  title: 'By IPv4, which comes second, the name leads to a server that shows the certificate of another site',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['certificate-name-mismatch', 'ipv4-broken'],
  services: {
    server: [
      { ...https({ certificate: 'other-name' }), addresses: ['0.0.0.0'] },
      { ...https(), addresses: ['::'] },
    ],
  },
  break: [],
  expect: both(reachable),
});
