import { failed, onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, policy } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-policy-blocks',
  side: 'device',
  title: 'The page works, and a policy for the browser blocks it',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'browser-policy',
  nearly: ['browser-extension'],
  services: { server: [http()] },
  break: [policy({ URLBlocklist: ['example.com'], URLAllowlist: ['www.example.com'] })],
  expect: {
    user: failed('browser-policy', {
      side: 'this-device',
      stage: 'http',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: 'URLBlocklist: example.com', location: /\/policies\/managed\/lab\.json$/ },
    }),
    root: { ...reachable, ...onlyLikely },
  },
  needs: ['chromium'],
});
