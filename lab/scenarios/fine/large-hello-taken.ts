import { both, reachable, scenario } from '../../scenario.js';
import { realSegments } from '../../world/first-segment.js';

export default scenario({
  id: 'large-hello-taken',
  side: 'fine',
  title: 'The server takes a TLS hello of one packet and one of two alike',
  target: 'https://four.example.com/',
  arguments: ['--thorough'],
  shows: 'reachable',
  nearly: ['large-hello-blocked'],
  break: [realSegments],
  expect: both({ ...reachable, innocent: ['large-hello-blocked'] }),
});
