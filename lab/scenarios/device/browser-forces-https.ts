import { failed, onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, profileThatWantsHttps } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-forces-https',
  side: 'device',
  title: 'The server speaks HTTP alone now, and the browser remembers that it wanted HTTPS',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'browser-forces-https',
  nearly: ['browser-extension', 'browser-policy'],
  services: { server: [http()] },
  break: profileThatWantsHttps('four.example.com'),
  expect: {
    user: failed('browser-forces-https', {
      side: 'this-device',
      stage: 'http',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'setting', name: 'HSTS for four.example.com', location: /TransportSecurity$/ },
    }),
    root: { ...reachable, ...onlyLikely },
  },
  needs: ['chromium'],
});
