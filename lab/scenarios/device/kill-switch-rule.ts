import { both, failed, sure, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'kill-switch-rule',
  side: 'device',
  title: "A rule of routing prohibits whatever does not bear a VPN's mark",
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['no-route', 'internet-down', 'rejected-by-hop'],
  break: [ip('device', 'rule add not fwmark 0xe1f1 prohibit')],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route', name: /fwmark 0xe1f1 prohibit/ },
      innocent: ['no-route', 'internet-down'],
    }),
  ),
});
