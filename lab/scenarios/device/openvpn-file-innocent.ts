import { both, failed, scenario, sure } from '../../scenario.js';
import { officeFile } from '../../world/openvpn-tls.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'openvpn-file-innocent',
  side: 'device',
  title: 'The default route is missing; OpenVPN is set up for another server than the one that a single route leads to',
  target: 'https://198.51.100.10/',
  shows: 'no-route',
  nearly: ['vpn-blocks', 'network-down'],
  break: [ip('device', 'route del default')],
  distractors: [officeFile({ server: '203.0.113.77' }), ip('device', `route add 198.51.100.77/32 via ${ADDRESS.home}`)],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route', name: 'no IPv4 default route' },
      innocent: ['vpn-blocks', 'network-down'],
      innocentText: ['OpenVPN'],
    }),
  ),
});
