import { both, failed, scenario } from '../../scenario.js';
import { http, https } from '../../world/internet.js';
import { labProgram } from '../../world/places.js';

// As on-path filters do: they see a copy of what goes by, and their page is there before the server's, which the device then
// throws away as something that it has already. It stands where the home router's packets arrive: "right behind" that one.
export default scenario({
  id: 'http-page-injected-beside',
  side: 'path',
  title: 'Somebody at the provider answers with a page in the name of the server, whose own answer comes behind it',
  target: 'http://four.example.com/',
  shows: 'http-filtered',
  nearly: ['http-forbidden', 'captive-portal'],
  services: {
    server: [
      https(),
      http({ status: '200 OK', headers: ['Content-Type: text/html'], body: '<title>Shop</title>\n', delayMs: 60 }),
    ],
  },
  break: [
    {
      do: 'daemon',
      on: 'provider',
      line: [
        'python3',
        labProgram('injector.py'),
        'access',
        'four.example.com',
        '403 Forbidden',
        'This site may not be visited from this network.',
      ],
      ready: { says: 'watching' },
    },
  ],
  expect: both(
    failed('http-filtered', {
      side: ['path', 'local-network'],
      certainty: { atLeast: 'proven' },
      evidence: /where it cannot reach the server/,
      innocent: ['http-forbidden', 'captive-portal', 'local-firewall'],
    }),
  ),
});
