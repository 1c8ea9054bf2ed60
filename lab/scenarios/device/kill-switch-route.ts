import { both, failed, sure, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'kill-switch-route',
  side: 'device',
  title:
    "A WireGuard tunnel is gone; the kill switch in its routing table refuses all that does not bear the tunnel's mark",
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['no-route', 'internet-down'],
  break: [
    ip(
      'device',
      'route add unreachable default metric 4278198272 table 51820',
      'rule add not fwmark 0xca6c table 51820',
      'rule add table main suppress_prefixlength 0',
    ),
  ],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route', name: /^unreachable default/, location: /51820/ },
      innocent: ['no-route', 'internet-down'],
    }),
  ),
});
