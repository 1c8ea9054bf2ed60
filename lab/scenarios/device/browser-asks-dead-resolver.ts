import { failed, onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, DEAD_RESOLVER, profile } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-asks-dead-resolver',
  side: 'device',
  title: 'The page works, and the user’s own Chromium asks a dead resolver over HTTPS for names, and no other',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'browser-policy',
  nearly: ['browser-extension', 'resolver-unreachable'],
  services: { server: [http()] },
  break: profile({}, { dns_over_https: { mode: 'secure', templates: DEAD_RESOLVER } }),
  expect: {
    user: failed('browser-policy', {
      side: 'this-device',
      stage: 'http',
      certainty: { atLeast: 'proven' },
      culprit: {
        kind: 'setting',
        name: `secure DNS: secure ${DEAD_RESOLVER}`,
        owner: 'Chromium',
        location: /chromium\/Local State$/,
      },
    }),
    // A browser is started as its user only.
    root: { ...reachable, ...onlyLikely },
  },
  needs: ['chromium'],
});
