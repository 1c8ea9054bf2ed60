import { both, failed, likely, scenario } from '../../scenario.js';
import { https, redirectTo, http, ssh } from '../../world/internet.js';
import { clockOff, dated } from '../../world/clock.js';

export default scenario({
  id: 'clock-fast',
  side: 'device',
  title: 'The clock of this device is 400 days fast: a good certificate looks expired',
  target: 'https://shop.example.com/',
  environment: clockOff('+400d'),
  shows: 'clock-wrong',
  nearly: ['certificate-expired', 'tls-intercepted'],
  services: {
    server: [https({}, dated()), http(redirectTo('https://shop.example.com/')), ssh()],
    reference: dated.reference(),
  },
  break: [],
  expect: both(
    failed('clock-wrong', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'setting', name: /400 days fast/ },
      innocent: ['certificate-expired'],
    }),
  ),
  needs: ['faketime'],
});
