import { onlyLikely, reachable, scenario } from '../../scenario.js';
import { blocks, BROWSER_HOME, profileWithExtension } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-extension-for-other',
  side: 'fine',
  title: 'An extension in the user’s browser blocks another site',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'reachable',
  nearly: ['browser-extension'],
  services: { server: [http()] },
  break: profileWithExtension('Quiet pages', [blocks('five.example.com')]),
  // A browser is started as its user only.
  expect: { user: reachable, root: { ...reachable, ...onlyLikely } },
  needs: ['chromium'],
});
