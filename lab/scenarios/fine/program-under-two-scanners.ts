import { both, reachable, scenario } from '../../scenario.js';
import { onAccess, program, secondGuard } from '../../world/shields.js';

export default scenario({
  id: 'program-under-two-scanners',
  side: 'fine',
  title: 'Two scanners are asked before the program is opened, none of them minds, and all is well',
  target: 'ssh://four.example.com',
  arguments: ['--app', '{world}/watched/tool'],
  shows: 'reachable',
  nearly: ['antivirus-blocks-app', 'security-software-conflict'],
  break: [],
  distractors: [...program('tool', 'harmless'), ...onAccess(), ...secondGuard('honest')],
  expect: both({ ...reachable, innocent: ['antivirus-blocks-app', 'security-software-conflict'] }),
  needs: ['clamav'],
});
