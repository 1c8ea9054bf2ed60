import { failed, scenario, undetermined } from '../../scenario.js';
import { HARMFUL, onAccess, opened, program } from '../../world/shields.js';

export default scenario({
  id: 'scanner-moved-program',
  side: 'device',
  title: 'clamonacc finds its signature in the program and moves it into its quarantine',
  target: 'https://four.example.com/',
  arguments: ['--app', '{world}/watched/tool'],
  shows: 'antivirus-quarantined-app',
  nearly: ['antivirus-blocks-app', 'app-policy'],
  break: [...program('tool', HARMFUL), ...onAccess({ moves: true }), opened('tool')],
  expect: {
    root: failed('antivirus-quarantined-app', {
      side: 'this-device',
      stage: 'target',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'signature', name: /Lab\.Harmful/, owner: 'ClamAV', location: /quarantine\/tool$/ },
      innocent: ['antivirus-blocks-app', 'app-policy'],
    }),
    // Where the file in the quarantine was only the scanner's log says, which is not for everybody.
    user: undetermined(['antivirus-quarantined-app'], { innocent: ['antivirus-blocks-app', 'app-policy'] }),
  },
  needs: ['clamav'],
});
