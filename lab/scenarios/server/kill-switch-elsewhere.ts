import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'kill-switch-elsewhere',
  side: 'server',
  title: 'A kill switch of routing holds the internet back, but not this network: its neighbour refuses by itself',
  target: '192.168.7.1:8088',
  shows: 'nothing-listening',
  nearly: ['vpn-blocks', 'no-route'],
  break: [],
  distractors: [
    ip(
      'device',
      'route add unreachable default metric 4278198272 table 51820',
      'rule add not fwmark 0xca6c table 51820',
      'rule add table main suppress_prefixlength 0',
    ),
  ],
  expect: both(failed(['nothing-listening', 'server-firewall'], { ...likely, innocent: ['vpn-blocks', 'no-route'] })),
});
