import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';
import { clockOff, dated } from '../../world/clock.js';

// The clock is wrong, and it is not why this fails.
export default scenario({
  id: 'certificate-expired-clock-off-too',
  side: 'server',
  title: 'An expired certificate, and a clock here that is two hours fast',
  target: 'https://shop.example.com/',
  environment: clockOff('+2h'),
  shows: 'certificate-expired',
  nearly: ['clock-wrong'],
  services: { server: [https({ certificate: 'expired' }, dated()), ssh()], reference: dated.reference() },
  break: [],
  expect: both(failed('certificate-expired', { side: 'server', stage: 'tls', ...likely, innocent: ['clock-wrong'] })),
  needs: ['faketime'],
});
