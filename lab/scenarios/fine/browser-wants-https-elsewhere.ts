import { onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, profileThatWantsHttps } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-wants-https-elsewhere',
  side: 'fine',
  title: 'The browser remembers of the domain above, and of it alone, that it wants HTTPS',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'reachable',
  nearly: ['browser-forces-https'],
  services: { server: [http()] },
  break: profileThatWantsHttps('example.com'),
  // A browser is started as its user only.
  expect: { user: reachable, root: { ...reachable, ...onlyLikely } },
  needs: ['chromium'],
});
