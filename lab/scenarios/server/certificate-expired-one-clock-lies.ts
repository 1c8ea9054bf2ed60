import { both, failed, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';
import { dated } from '../../world/clock.js';

// The server's own clock stands where its certificate was still good: one clock against ours proves nothing.
export default scenario({
  id: 'certificate-expired-one-clock-lies',
  side: 'server',
  title: 'An expired certificate on a server whose clock stands still; all others agree with ours',
  target: 'https://shop.example.com/',
  shows: 'certificate-expired',
  nearly: ['clock-wrong'],
  services: { server: [https({ certificate: 'expired' }, dated(-30 * 86_400)), ssh()], reference: dated.reference() },
  break: [],
  expect: both({
    anyOf: [
      failed('certificate-expired', { side: 'server', certainty: { atMost: 'likely' }, innocent: ['clock-wrong'] }),
      undetermined([]),
    ],
  }),
});
