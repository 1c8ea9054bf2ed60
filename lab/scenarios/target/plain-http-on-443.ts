import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { http, ssh } from '../../world/internet.js';

// Somebody far on the way who answers with a page in the server's place would look the same: no more than likely.
export default scenario({
  id: 'plain-http-on-443',
  side: 'target',
  title: 'The server itself speaks plain HTTP on port 443',
  target: 'https://four.example.com/',
  shows: 'wrong-scheme-or-port',
  nearly: ['transparent-proxy', 'sni-filtered'],
  services: { server: [http(), http(undefined, 443), ssh()] },
  break: [],
  expect: both(
    failed('wrong-scheme-or-port', { side: 'target', ...onlyLikely, innocent: ['transparent-proxy', 'sni-filtered'] }),
  ),
});
