import { both, failed, scenario, sure } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'marked-rule-of-nobody',
  side: 'device',
  title:
    'A rule of routing refuses whatever bears no mark, but the mark is no VPN’s: an administrator lets one program out alone',
  target: 'https://198.51.100.10/',
  shows: 'no-route',
  nearly: ['vpn-blocks'],
  break: [ip('device', 'rule add not fwmark 0x7 unreachable')],
  distractors: [
    ip(
      'device',
      'rule add pref 5210 fwmark 0x80000/0xff0000 lookup main',
      'rule add pref 5250 fwmark 0x80000/0xff0000 unreachable',
    ),
  ],
  expect: both(
    failed('no-route', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'route', name: /fwmark 0x7 unreachable/ },
      innocent: ['vpn-blocks'],
      innocentText: ['Tailscale'],
    }),
  ),
});
