import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'cable-unplugged',
  side: 'device',
  title: 'The cable is out: the interface is on, without a carrier',
  target: 'https://shop.example.com/',
  shows: 'network-down',
  nearly: ['gateway-unreachable'],
  break: [ip('home', 'link set lan down')],
  expect: both(
    failed('network-down', {
      side: ['this-device', 'local-network'],
      ...sure,
      culprit: { kind: 'interface', name: /eth0/ },
      innocent: ['resolver-unreachable'],
    }),
  ),
});
