import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'vpn-leftovers-port-closed',
  side: 'server',
  title:
    'Rules of Mullvad and Tailscale were left behind and lead to empty tables, which harms nobody; the server refuses',
  target: 'four.example.com:8088',
  shows: 'nothing-listening',
  nearly: ['vpn-blocks', 'no-route'],
  break: [],
  distractors: [
    ip(
      'device',
      'rule add pref 5199 not fwmark 0x6d6f6c65 lookup 1836018789',
      'rule add pref 5210 fwmark 0x80000/0xff0000 lookup main',
      'rule add pref 5250 fwmark 0x80000/0xff0000 unreachable',
      'rule add pref 5270 lookup 52',
    ),
  ],
  expect: both(failed('nothing-listening', { side: 'server', ...likely, innocent: ['vpn-blocks', 'no-route'] })),
});
