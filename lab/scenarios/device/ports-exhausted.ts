import { ADDRESS } from '../../world/topology.js';
import { both, failed, scenario, sure } from '../../scenario.js';
import { hold } from '../../world/products.js';
import { sysctl } from '../../world/steps.js';

export default scenario({
  id: 'ports-exhausted',
  side: 'device',
  title: 'A program holds a connection on each local port there is',
  target: 'https://four.example.com/',
  shows: 'ephemeral-ports-exhausted',
  nearly: ['no-route', 'server-firewall', 'too-many-open-files'],
  break: [sysctl('device', 'net.ipv4.ip_local_port_range=40000 40029'), hold('device', ADDRESS.server, 443, 30)],
  expect: both(
    failed('ephemeral-ports-exhausted', {
      side: 'this-device',
      stage: 'connect',
      ...sure,
      culprit: { kind: 'limit', name: /30 of 30/ },
    }),
  ),
});
