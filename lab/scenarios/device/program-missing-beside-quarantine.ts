import { both, scenario } from '../../scenario.js';
import { HARMFUL, onAccess, opened, program } from '../../world/shields.js';

// Another program of the same name was moved away; this one was never there.
export default scenario({
  id: 'program-missing-beside-quarantine',
  side: 'device',
  title: 'The program was never installed, and another one of the same name lies in a quarantine',
  target: 'https://four.example.com/',
  arguments: ['--app', '{world}/elsewhere/tool'],
  shows: 'undetermined',
  nearly: ['antivirus-quarantined-app', 'antivirus-blocks-app'],
  break: [],
  distractors: [...program('tool', HARMFUL), ...onAccess({ moves: true }), opened('tool')],
  expect: both({
    outcome: 'failed',
    cause: 'undetermined',
    // What is left cannot be told: it was never there.
    candidates: [],
    innocent: ['antivirus-quarantined-app', 'antivirus-blocks-app', 'app-policy'],
    innocentText: ['Lab.Harmful'],
  }),
  needs: ['clamav'],
});
