import { failed, onlyLikely, reachable, scenario } from '../../scenario.js';
import { blocks, BROWSER_HOME, profileWithExtension } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-extension-blocks',
  side: 'device',
  title: 'The page works, and an extension in the user’s own browser blocks it',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'browser-extension',
  nearly: ['browser-policy', 'browser-forces-https'],
  services: { server: [http()] },
  break: profileWithExtension('Quiet pages', [blocks('four.example.com')]),
  expect: {
    user: failed('browser-extension', {
      side: 'this-device',
      stage: 'http',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'extension', name: 'Quiet pages', location: /rules\.json \(rule 7\)$/ },
    }),
    // A browser is started as its user only.
    root: { ...reachable, ...onlyLikely },
  },
  needs: ['chromium'],
});
