import { onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, policy } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-policy-allows-below',
  side: 'fine',
  title: 'A policy blocks all pages but those of the site, in two files',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'reachable',
  nearly: ['browser-policy'],
  services: { server: [http()] },
  break: [policy({ URLBlocklist: ['*'] }), policy({ URLAllowlist: ['four.example.com'] }, 'allowed.json')],
  // A browser is started as its user only.
  expect: { user: reachable, root: { ...reachable, ...onlyLikely } },
  needs: ['chromium'],
});
