import { failed, scenario, undetermined } from '../../scenario.js';
import { HARMFUL, onAccess, program } from '../../world/shields.js';

export default scenario({
  id: 'scanner-forbids-program',
  side: 'device',
  title: 'clamonacc finds its signature in the program and does not let it be opened',
  target: 'https://four.example.com/',
  arguments: ['--app', '{world}/watched/tool'],
  shows: 'antivirus-blocks-app',
  nearly: ['app-policy', 'antivirus-quarantined-app'],
  break: [...program('tool', HARMFUL), ...onAccess()],
  expect: {
    root: failed('antivirus-blocks-app', {
      side: 'this-device',
      stage: 'target',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'signature', name: /Lab\.Harmful/, owner: 'ClamAV', location: /watched\/tool$/ },
      innocent: ['app-policy', 'antivirus-quarantined-app', 'local-firewall'],
    }),
    // Whom the kernel asks before a file is opened only root may see.
    user: undetermined(['antivirus-blocks-app', 'app-policy'], { innocent: ['antivirus-quarantined-app'] }),
  },
  needs: ['clamav'],
});
