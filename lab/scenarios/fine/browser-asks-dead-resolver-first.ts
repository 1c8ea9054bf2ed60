import { onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, DEAD_RESOLVER, profile } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-asks-dead-resolver-first',
  side: 'fine',
  title: 'Chromium asks a dead resolver over HTTPS first, and then the one of this computer',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'reachable',
  nearly: ['browser-policy', 'resolver-unreachable'],
  services: { server: [http()] },
  break: profile({}, { dns_over_https: { mode: 'automatic', templates: DEAD_RESOLVER } }),
  // A browser is started as its user only.
  expect: { user: reachable, root: { ...reachable, ...onlyLikely } },
  needs: ['chromium'],
});
