import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'swallowed-by-interface',
  side: 'device',
  title: "A route leads the server's network into an interface that swallows everything, as a dead tunnel does",
  target: 'https://four.example.com/',
  shows: 'vpn-blocks',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path'],
  break: [
    ip(
      'device',
      'link add dead0 index 90 type veth peer name dead1 index 91',
      'link set dead0 arp off',
      'link set dead0 up',
      'link set dead1 up',
      'route add 198.51.100.0/24 dev dead0',
    ),
  ],
  // The packet left by an interface: nobody here sees that it went nowhere.
  expect: both({
    anyOf: [
      undetermined([], { innocent: ['local-firewall', 'server-firewall', 'dropped-on-path'] }),
      failed(['vpn-blocks', 'subnet-overlap', 'no-route'], { side: 'this-device' }),
      failed(['host-down'], { certainty: { atMost: 'likely' } }),
    ],
  }),
});
