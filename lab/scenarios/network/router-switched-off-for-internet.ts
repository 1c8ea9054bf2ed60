import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'router-switched-off-for-internet',
  side: 'network',
  title: "The router's connection is switched off in its settings, as it says by UPnP (EnabledForInternet)",
  target: 'https://198.51.100.10/',
  shows: 'internet-down',
  nearly: ['server-firewall', 'dropped-on-path', 'gateway-unreachable'],
  services: { home: [{ kind: 'igd', port: 5000, outside: '0.0.0.0', disabled: true }] },
  break: [ip('home', 'route del default', 'route add blackhole default')],
  expect: both(
    failed('internet-down', {
      side: ['path', 'local-network'],
      evidence: /not enabled for the internet/,
      innocent: ['server-firewall', 'dropped-on-path', 'gateway-unreachable', 'local-firewall'],
    }),
  ),
});
