import { onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, policy } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-policy-replaced',
  side: 'fine',
  title: 'A policy would block the page, but the list of a later file counts in its place',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'reachable',
  nearly: ['browser-policy'],
  services: { server: [http()] },
  break: [policy({ URLBlocklist: ['example.com'] }), policy({ URLBlocklist: ['other.example.net'] }, 'later.json')],
  // A browser is started as its user only.
  expect: { user: reachable, root: { ...reachable, ...onlyLikely } },
  needs: ['chromium'],
});
