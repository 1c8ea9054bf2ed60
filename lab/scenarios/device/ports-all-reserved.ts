import { both, scenario, undetermined } from '../../scenario.js';
import { sysctl } from '../../world/steps.js';

// Not even a question for a name gets a port, so that nothing outside was asked: that says nothing of the line.
export default scenario({
  id: 'ports-all-reserved',
  side: 'device',
  title: 'Every port that connections may come from is reserved: this device cannot ask anybody',
  target: 'https://four.example.com/',
  shows: 'ephemeral-ports-exhausted',
  nearly: ['internet-down', 'resolver-unreachable'],
  break: [sysctl('device', 'net.ipv4.ip_local_reserved_ports=50000-50009', 'net.ipv4.ip_local_port_range=50000 50009')],
  expect: both(undetermined([], { innocent: ['internet-down', 'resolver-unreachable', 'gateway-unreachable'] })),
});
