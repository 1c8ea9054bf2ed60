import { both, failed, likely, scenario } from '../../scenario.js';
import { SERVER, http } from '../../world/internet.js';

export default scenario({
  id: 'http-on-tls-port',
  side: 'target',
  title: 'https is spoken to a port that speaks plain HTTP',
  target: 'https://four.example.com:8080/',
  shows: 'wrong-scheme-or-port',
  nearly: ['server-closes-at-once', 'tls-version-mismatch'],
  services: { server: [...SERVER, http(undefined, 8080)] },
  break: [],
  expect: both(failed('wrong-scheme-or-port', { side: 'target', ...likely })),
});
