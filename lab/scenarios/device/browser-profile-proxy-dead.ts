import { failed, onlyLikely, reachable, scenario } from '../../scenario.js';
import { BROWSER_HOME, profile } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-profile-proxy-dead',
  side: 'device',
  title: 'The page works, and the user’s own profile of Chromium sends pages through a proxy that is not there',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'browser-policy',
  nearly: ['browser-extension', 'proxy-unreachable'],
  services: { server: [http()] },
  break: profile({ proxy: { mode: 'fixed_servers', server: '127.0.0.1:9' } }),
  expect: {
    user: failed('browser-policy', {
      side: 'this-device',
      stage: 'http',
      certainty: { atLeast: 'proven' },
      culprit: {
        kind: 'setting',
        name: 'proxy: fixed_servers 127.0.0.1:9',
        owner: 'Chromium',
        location: /Default\/Preferences$/,
      },
    }),
    // A browser is started as its user only.
    root: { ...reachable, ...onlyLikely },
  },
  needs: ['chromium'],
});
