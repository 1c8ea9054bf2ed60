import { both, failed, scenario, undetermined } from '../../scenario.js';
import { http, ssh } from '../../world/internet.js';

export default scenario({
  id: 'http-407-of-its-own',
  side: 'server',
  title: 'The site answers 407, which is for proxies, and no proxy is on the way',
  target: 'http://four.example.com/',
  shows: 'http-server-error',
  nearly: ['proxy-refuses', 'transparent-proxy'],
  services: {
    server: [http({ status: '407 Proxy Authentication Required', headers: ['Proxy-Authenticate: Basic'] }), ssh()],
  },
  break: [],
  expect: both({
    anyOf: [
      failed('http-server-error', { side: 'server', certainty: { atMost: 'likely' } }),
      undetermined(['http-server-error'], { innocent: ['proxy-refuses'] }),
    ],
  }),
});
