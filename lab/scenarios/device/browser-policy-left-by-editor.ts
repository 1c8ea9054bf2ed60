import { failed, onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, policy } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-policy-left-by-editor',
  side: 'device',
  title:
    'The page works, and what an editor kept of an old policy still blocks it: Chromium reads every file of the folder',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'browser-policy',
  nearly: ['browser-extension'],
  services: { server: [http()] },
  break: [policy({ URLBlocklist: ['other.example.net'] }), policy({ URLBlocklist: ['example.com'] }, 'lab.json~')],
  expect: {
    user: failed('browser-policy', {
      side: 'this-device',
      stage: 'http',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: 'URLBlocklist: example.com', location: /managed\/lab\.json~$/ },
    }),
    // A browser is started as its user only.
    root: { ...reachable, ...onlyLikely },
  },
  needs: ['chromium'],
});
