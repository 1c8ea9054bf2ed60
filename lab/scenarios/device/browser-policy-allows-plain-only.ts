import { failed, onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, policy } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-policy-allows-plain-only',
  side: 'device',
  title: 'A policy lets the page through by plain HTTP alone; Chromium asks for it by HTTPS first, and that is blocked',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'browser-policy',
  nearly: ['browser-extension'],
  services: { server: [http()] },
  break: [policy({ URLBlocklist: ['*'] }), policy({ URLAllowlist: ['four.example.com:80'] }, 'allowed.json')],
  expect: {
    user: failed('browser-policy', {
      side: 'this-device',
      stage: 'http',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: 'URLBlocklist: *', location: /managed\/lab\.json$/ },
    }),
    // A browser is started as its user only.
    root: { ...reachable, ...onlyLikely },
  },
  needs: ['chromium'],
});
