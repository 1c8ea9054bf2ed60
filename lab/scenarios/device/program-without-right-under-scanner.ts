import { failed, likely, scenario } from '../../scenario.js';
import { onAccess, program } from '../../world/shields.js';

const answer = failed('app-policy', {
  side: 'this-device',
  stage: 'target',
  ...likely,
  culprit: { location: /watched\/tool$/ },
  innocent: ['antivirus-blocks-app', 'antivirus-quarantined-app'],
});

// The scanner is asked each time and finds nothing: the file's own rights forbid it.
export default scenario({
  id: 'program-without-right-under-scanner',
  side: 'device',
  title: 'Nobody has the right to run the program; clamonacc watches its folder and finds nothing in it',
  target: 'https://four.example.com/',
  arguments: ['--app', '{world}/watched/tool'],
  shows: 'app-policy',
  nearly: ['antivirus-blocks-app'],
  break: program('tool', 'harmless', '644'),
  distractors: onAccess(),
  expect: { root: answer, user: answer },
  needs: ['clamav'],
});
