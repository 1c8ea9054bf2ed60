import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'router-says-disconnected',
  side: 'network',
  title: 'The line behind the router is down, and the router says so when it is asked',
  target: 'https://198.51.100.10/',
  shows: 'internet-down',
  nearly: ['server-firewall', 'dropped-on-path', 'gateway-unreachable', 'captive-portal'],
  services: { home: [{ kind: 'igd', port: 5000, outside: '0.0.0.0', state: 'Disconnected ERROR_NO_CARRIER' }] },
  break: [ip('home', 'route del default', 'route add blackhole default')],
  expect: both(
    failed('internet-down', {
      side: ['path', 'local-network'],
      evidence: /Disconnected, ERROR_NO_CARRIER/,
      innocent: ['server-firewall', 'dropped-on-path', 'gateway-unreachable', 'local-firewall'],
    }),
  ),
});
