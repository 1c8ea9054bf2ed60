import { both, reachable, scenario } from '../../scenario.js';
import { onAccess, program } from '../../world/shields.js';

export default scenario({
  id: 'program-under-idle-scanner',
  side: 'fine',
  title: 'clamonacc is asked before the program is opened, finds nothing in it, and all is well',
  target: 'ssh://four.example.com',
  arguments: ['--app', '{world}/watched/tool'],
  shows: 'reachable',
  nearly: ['antivirus-blocks-app', 'antivirus-quarantined-app'],
  break: [],
  distractors: [...program('tool', 'harmless'), ...onAccess()],
  expect: both({ ...reachable, innocent: ['antivirus-blocks-app', 'antivirus-quarantined-app'] }),
  needs: ['clamav'],
});
