import { both, failed, likely, scenario } from '../../scenario.js';
import { https, redirectTo, http, ssh } from '../../world/internet.js';
import { clockOff, dated } from '../../world/clock.js';

export default scenario({
  id: 'clock-slow',
  side: 'device',
  title: 'The clock of this device is 60 days slow: a good certificate looks too new',
  target: 'https://shop.example.com/',
  environment: clockOff('-60d'),
  shows: 'clock-wrong',
  nearly: ['certificate-not-yet-valid'],
  services: {
    server: [https({}, dated()), http(redirectTo('https://shop.example.com/')), ssh()],
    reference: dated.reference(),
  },
  break: [],
  expect: both(
    failed('clock-wrong', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'setting', name: /60 days slow/ },
      innocent: ['certificate-not-yet-valid'],
    }),
  ),
  needs: ['faketime'],
});
