import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'no-ipv4-for-v4-name',
  side: 'device',
  title: 'The name has only an IPv4 address, and this device has IPv6 alone',
  target: 'https://four.example.com/',
  shows: 'no-route',
  nearly: ['internet-down', 'network-down'],
  files: { resolvConf: `nameserver ${ADDRESS.resolver6}\n` },
  break: [ip('device', 'addr del 192.168.7.20/24 dev eth0')],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'route', name: 'no IPv4 default route' },
      innocent: ['internet-down', 'network-down'],
    }),
  ),
});
