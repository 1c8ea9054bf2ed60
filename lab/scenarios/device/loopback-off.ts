import { both, failed, scenario, sure } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'loopback-off',
  side: 'device',
  title: 'The loopback interface is switched off, and a program of this device is asked for',
  target: 'http://127.0.0.1:8080/',
  shows: 'network-down',
  nearly: ['host-down', 'local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [ip('device', 'link set lo down')],
  expect: both(
    failed('network-down', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'interface', name: 'lo' },
      innocent: ['host-down'],
    }),
  ),
});
