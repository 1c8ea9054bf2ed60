import { both, reachable, scenario } from '../../scenario.js';
import { SERVER, https } from '../../world/internet.js';

export default scenario({
  id: 'expired-elsewhere',
  side: 'fine',
  title: 'Another port of the server has an expired certificate',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['certificate-expired'],
  services: { server: [...SERVER, https({ certificate: 'expired' }, undefined, 8443)] },
  break: [],
  expect: both({ ...reachable, innocent: ['certificate-expired'] }),
});
