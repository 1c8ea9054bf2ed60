import { both, reachable, scenario } from '../../scenario.js';
import { SERVER } from '../../world/internet.js';

export default scenario({
  id: 'healthy-quiet-port',
  side: 'fine',
  title: 'A plain port whose service waits for the client to speak first',
  target: 'shop.example.com:9000',
  shows: 'reachable',
  nearly: ['server-not-responding'],
  services: { server: [...SERVER, { kind: 'silent', port: 9000 }] },
  break: [],
  expect: both(reachable),
});
