import { failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// The wrong certificate is seen, and whose server shows it is not: nobody may be blamed surely for it.
export default scenario({
  id: 'led-to-a-stranger',
  side: 'device',
  title: 'A rule of this device leads HTTPS to another web server, which shows its own certificate',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['certificate-name-mismatch'],
  break: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  ip daddr 198.51.100.10 tcp dport 443 dnat to 192.0.2.80:443\n }\n}\n',
      { redirect: 'dnat to' },
    ),
  ],
  expect: {
    root: failed(['connection-redirected', 'certificate-name-mismatch', 'undetermined'], {
      certainty: { atMost: 'likely' },
    }),
    user: failed(['connection-redirected', 'certificate-name-mismatch', 'undetermined'], {
      certainty: { atMost: 'likely' },
    }),
  },
  needs: ['nft'],
});
