import { both, reachable, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'certificate-second-name',
  side: 'fine',
  title: "The certificate's first name is another one, its second is ours",
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['certificate-name-mismatch'],
  services: { server: [https({ names: ['www.example.org', 'shop.example.com'] }), ssh()] },
  break: [],
  expect: both({ ...reachable, innocent: ['certificate-name-mismatch'] }),
});
