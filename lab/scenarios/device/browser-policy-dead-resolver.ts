import { failed, onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, DEAD_RESOLVER, policy } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-policy-dead-resolver',
  side: 'device',
  title: 'The page works, and a policy lets Chromium ask a dead resolver over HTTPS for names, and no other',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'browser-policy',
  nearly: ['browser-extension', 'resolver-unreachable'],
  services: { server: [http()] },
  break: [policy({ DnsOverHttpsMode: 'secure' }), policy({ DnsOverHttpsTemplates: DEAD_RESOLVER }, 'resolver.json')],
  expect: {
    user: failed('browser-policy', {
      side: 'this-device',
      stage: 'http',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      culprit: {
        kind: 'policy',
        name: `DnsOverHttpsMode: secure ${DEAD_RESOLVER}`,
        owner: 'Chromium',
        location: /managed\/lab\.json$/,
      },
    }),
    // A browser is started as its user only.
    root: { ...reachable, ...onlyLikely },
  },
  needs: ['chromium'],
});
