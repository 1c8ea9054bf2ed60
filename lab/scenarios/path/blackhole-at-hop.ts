import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'blackhole-at-hop',
  side: 'path',
  title: 'A blackhole route in the router beside the server',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['server-firewall', 'host-down'],
  break: [ip('edge', 'route add blackhole 198.51.100.10/32')],
  expect: both({
    anyOf: [
      undetermined(['dropped-on-path', 'server-firewall'], { innocent: ['internet-down', 'local-firewall'] }),
      failed('dropped-on-path', { certainty: { atMost: 'likely' } }),
    ],
  }),
});
