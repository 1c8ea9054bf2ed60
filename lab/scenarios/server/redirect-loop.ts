import { both, failed, likely, scenario } from '../../scenario.js';
import { https, redirectTo, ssh } from '../../world/internet.js';

export default scenario({
  id: 'redirect-loop',
  side: 'server',
  title: 'Two pages redirect to each other',
  target: 'https://shop.example.com/',
  shows: 'redirect-loop',
  services: {
    server: [{ ...https(), routes: { '/': redirectTo('/login'), '/login': redirectTo('/', '302 Found') } }, ssh()],
  },
  break: [],
  expect: both(failed('redirect-loop', { side: 'server', stage: 'http', ...likely })),
});
