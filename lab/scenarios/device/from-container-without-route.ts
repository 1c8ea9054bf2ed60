import { both, failed, scenario, sure } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'from-container-without-route',
  side: 'device',
  title: 'The default route is missing in the container web, whose network has a way out',
  target: '192.0.2.80:443',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'no-route',
  nearly: ['app-policy', 'network-down'],
  break: [
    ip('server', 'route del default'),
    inContainer('web', 'server', 'nameserver 127.0.0.11\n'),
    engine([{ name: 'web', pid: 'web', networks: { app: '172.19.0.2' } }]),
  ],
  expect: both(failed('no-route', { side: 'this-device', ...sure, innocent: ['app-policy', 'network-down'] })),
  only: 'root',
});
