import { both, failed, scenario, undetermined } from '../../scenario.js';
import { https, redirectTo, ssh } from '../../world/internet.js';

export default scenario({
  id: 'redirect-to-private',
  side: 'server',
  title: 'The page redirects to an address in private space, which must not be asked',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['redirect-loop', 'host-down'],
  services: { server: [https({}, redirectTo('http://169.254.169.254/latest/meta-data/')), ssh()] },
  break: [],
  expect: both({
    anyOf: [
      { outcome: 'reachable', cause: 'reachable', innocent: ['host-down'] },
      failed(['redirect-loop', 'http-server-error'], { certainty: { atMost: 'likely' } }),
      undetermined([], { innocent: ['host-down'] }),
    ],
  }),
});
