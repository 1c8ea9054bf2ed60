import { both, failed, scenario, sure } from '../../scenario.js';
import { ip, ip6 } from '../../world/steps.js';

export default scenario({
  id: 'no-default-route',
  side: 'device',
  title: 'The default routes are gone; the network itself is up',
  target: 'https://shop.example.com/',
  shows: 'no-route',
  nearly: ['network-down', 'resolver-unreachable', 'internet-down'],
  break: [ip('device', 'route del default'), ip6('device', 'route del default')],
  expect: both(
    failed('no-route', { side: 'this-device', ...sure, innocent: ['resolver-unreachable', 'internet-down'] }),
  ),
});
