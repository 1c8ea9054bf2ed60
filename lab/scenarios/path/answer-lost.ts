import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'answer-lost',
  side: 'path',
  title: 'The way back from the server is missing: its answers go nowhere',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['server-firewall', 'local-firewall'],
  break: [ip('edge', 'route add blackhole 192.168.7.0/24')],
  expect: both({
    anyOf: [
      undetermined(['dropped-on-path', 'server-firewall'], { innocent: ['internet-down', 'local-firewall'] }),
      failed('dropped-on-path', { certainty: { atMost: 'likely' } }),
    ],
  }),
});
