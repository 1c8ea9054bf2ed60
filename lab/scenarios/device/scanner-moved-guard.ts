import { failed, scenario, undetermined } from '../../scenario.js';
import { HARMFUL, onAccess, opened, program } from '../../world/shields.js';

export default scenario({
  id: 'scanner-moved-guard',
  side: 'device',
  title: 'clamonacc takes a part of another security program for harmful and moves it away',
  target: 'https://four.example.com/',
  arguments: ['--app', '{world}/watched/opensnitchd'],
  shows: 'antivirus-quarantined-app',
  nearly: ['antivirus-blocks-app', 'app-policy'],
  break: [...program('opensnitchd', HARMFUL), ...onAccess({ moves: true }), opened('opensnitchd')],
  expect: {
    root: failed('antivirus-quarantined-app', {
      side: 'this-device',
      stage: 'target',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'signature', owner: 'ClamAV', location: /quarantine\/opensnitchd$/ },
      also: ['security-software-conflict'],
      innocent: ['antivirus-blocks-app', 'app-policy'],
    }),
    user: undetermined(['antivirus-quarantined-app'], { innocent: ['security-software-conflict'] }),
  },
  needs: ['clamav'],
});
