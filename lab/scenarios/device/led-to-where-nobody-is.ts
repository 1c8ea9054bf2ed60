import { failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// What comes back in the server's own name from the first router shows a user as well that the destination was rewritten.
export default scenario({
  id: 'led-to-where-nobody-is',
  side: 'device',
  title: 'A rule of this device leads HTTPS to an address where nobody is',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['host-down', 'server-firewall', 'dropped-on-path'],
  break: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  ip daddr 198.51.100.10 tcp dport 443 dnat to 192.0.2.81:443\n }\n}\n',
      { redirect: 'dnat to' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'redirect' } },
    }),
    user: failed(['connection-redirected', 'undetermined'], {
      innocent: ['host-down', 'server-firewall', 'dropped-on-path'],
    }),
  },
  needs: ['nft'],
});
