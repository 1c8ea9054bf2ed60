import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'interface-down',
  side: 'device',
  title: 'The interface is switched off',
  target: 'https://shop.example.com/',
  shows: 'network-down',
  nearly: ['no-route', 'resolver-unreachable'],
  break: [ip('device', 'link set eth0 down')],
  expect: both(
    failed('network-down', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'interface', name: /eth0/ },
      innocent: ['resolver-unreachable'],
    }),
  ),
});
