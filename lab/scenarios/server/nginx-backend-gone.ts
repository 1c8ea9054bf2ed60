import { both, failed, likely, scenario } from '../../scenario.js';
import { nginx } from '../../world/products.js';

export default scenario({
  id: 'nginx-backend-gone',
  side: 'server',
  title: 'A real nginx whose backend does not run',
  target: 'http://four.example.com:8080/',
  shows: 'gateway-upstream-down',
  nearly: ['nothing-listening', 'service-starting', 'server-overloaded'],
  break: [nginx('server', ['listen 8080;', 'location / { proxy_pass http://127.0.0.1:9; }'])],
  expect: both(failed('gateway-upstream-down', { side: 'server', stage: 'http', ...likely })),
  needs: ['nginx'],
});
