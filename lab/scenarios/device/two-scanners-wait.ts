import { failed, likely, scenario, undetermined } from '../../scenario.js';
import { onAccess, program, secondGuard } from '../../world/shields.js';

export default scenario({
  id: 'two-scanners-wait',
  side: 'device',
  title:
    'Two scanners are asked before the program is opened, and each opens a file about which the other one is asked',
  target: 'https://four.example.com/',
  arguments: ['--app', '{world}/watched/tool'],
  shows: 'security-software-conflict',
  nearly: ['antivirus-blocks-app', 'app-policy'],
  break: [...program('tool', 'harmless'), ...onAccess({ opensItself: true }), ...secondGuard('looks-up')],
  expect: {
    root: failed('security-software-conflict', {
      side: 'this-device',
      stage: 'target',
      ...likely,
      culprit: { kind: 'product', name: /ClamAV/, location: /watched\/tool$/ },
    }),
    // Whom the kernel asks before a file is opened only root may see.
    user: undetermined(['antivirus-blocks-app', 'security-software-conflict']),
  },
  needs: ['clamav'],
});
