import { failed, likely, scenario, undetermined } from '../../scenario.js';
import { onAccess, program, secondGuard } from '../../world/shields.js';

export default scenario({
  id: 'scanner-never-answers',
  side: 'device',
  title: 'A guard never answers whether the program may be opened; clamonacc is asked as well, and is well',
  target: 'https://four.example.com/',
  arguments: ['--app', '{world}/watched/tool'],
  shows: 'antivirus-blocks-app',
  nearly: ['security-software-conflict', 'app-policy'],
  break: [...program('tool', 'harmless'), ...secondGuard('mute')],
  distractors: onAccess(),
  expect: {
    root: failed('antivirus-blocks-app', {
      side: 'this-device',
      stage: 'target',
      ...likely,
      // Which of the two does not answer is not seen from outside.
      culprit: { kind: 'product', name: /python3 .* or ClamAV|ClamAV .* or python3/, location: /watched\/tool$/ },
      innocent: ['security-software-conflict'],
    }),
    user: undetermined(['antivirus-blocks-app', 'security-software-conflict']),
  },
  needs: ['clamav'],
});
