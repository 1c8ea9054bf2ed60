import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';
import { dated } from '../../world/clock.js';

export default scenario({
  id: 'certificate-expired-clocks-agree',
  side: 'server',
  title: "An expired certificate, and everybody's clock agrees with ours",
  target: 'https://shop.example.com/',
  shows: 'certificate-expired',
  nearly: ['clock-wrong'],
  services: { server: [https({ certificate: 'expired' }, dated()), ssh()], reference: dated.reference() },
  break: [],
  expect: both(failed('certificate-expired', { side: 'server', stage: 'tls', ...likely, innocent: ['clock-wrong'] })),
});
