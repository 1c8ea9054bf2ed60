import { reachable, onlyLikely, both, scenario } from '../../scenario.js';
import { BROWSER_HOME } from '../../world/browsers.js';
import { http } from '../../world/internet.js';

export default scenario({
  id: 'browser-profile-damaged',
  side: 'fine',
  title:
    'The page works; a browser is asked for, and the files of its profile are damaged: whether it opens there was not tried',
  target: 'http://four.example.com/',
  arguments: ['--browser', '--timeout', '29'],
  environment: BROWSER_HOME,
  shows: 'browser-policy',
  nearly: ['browser-extension', 'proxy-unreachable'],
  services: { server: [http()] },
  break: [
    {
      do: 'file',
      on: 'device',
      path: '{world}/home/.config/chromium/Local State',
      content: '{"profile": {"last_used": ',
    },
    { do: 'file', on: 'device', path: '{world}/home/.config/chromium/Default/Preferences', content: '\u0000\u0001{{{' },
  ],
  expect: both({ ...reachable, ...onlyLikely }),
  needs: ['chromium'],
});
