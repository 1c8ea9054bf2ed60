import { onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, policy } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-policy-for-other',
  side: 'fine',
  title: 'A policy for the browser blocks a whole domain and lets this host through',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'reachable',
  nearly: ['browser-policy'],
  services: { server: [http()] },
  break: [policy({ URLBlocklist: ['example.com'], URLAllowlist: ['four.example.com'] })],
  // A browser is started as its user only.
  expect: { user: reachable, root: { ...reachable, ...onlyLikely } },
  needs: ['chromium'],
});
