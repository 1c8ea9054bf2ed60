import { both, failed, likely, scenario } from '../../scenario.js';
import { https, redirectTo, ssh } from '../../world/internet.js';

export default scenario({
  id: 'redirect-to-dead-host',
  side: 'server',
  title: 'The page redirects to a host that is switched off',
  target: 'https://shop.example.com/',
  shows: 'host-down',
  nearly: ['redirect-loop'],
  names: { 'gone.example.com': { A: ['198.51.100.99'] } },
  services: { server: [https({}, redirectTo('https://gone.example.com/')), ssh()] },
  break: [],
  expect: both(failed('host-down', { side: 'server', ...likely, culprit: { address: '198.51.100.99' } })),
});
