import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

// The rule of routing is for what bears a mark, and no question does.
export default scenario({
  id: 'resolver-gone-beside-marks',
  side: 'names',
  title: 'The name server is off, and a rule of routing prohibits what bears a mark that nothing sets',
  target: 'https://shop.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['no-route', 'vpn-blocks'],
  files: { resolvConf: 'nameserver 203.0.113.54\n' },
  break: [],
  distractors: [ip('device', 'rule add fwmark 0x77 prohibit pref 90')],
  expect: both(
    failed('resolver-unreachable', {
      culprit: { kind: 'resolver', address: '203.0.113.54' },
      innocent: ['no-route', 'vpn-blocks'],
    }),
  ),
});
