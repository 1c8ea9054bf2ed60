import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'routing-loop',
  side: 'path',
  title: 'Two routers send what is for the server to each other',
  target: 'https://four.example.com/',
  shows: 'routing-loop',
  nearly: ['dropped-on-path', 'server-firewall'],
  break: [ip('edge', 'route add 198.51.100.10/32 via 203.0.113.10')],
  expect: both({
    anyOf: [
      failed('routing-loop', { side: 'path', innocent: ['local-firewall', 'internet-down', 'server-firewall'] }),
      undetermined(['routing-loop'], { innocent: ['local-firewall', 'internet-down'] }),
    ],
  }),
});
