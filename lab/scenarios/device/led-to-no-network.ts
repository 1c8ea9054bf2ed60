import { failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// What the provider's router says of the other address comes back in the server's own name.
export default scenario({
  id: 'led-to-no-network',
  side: 'device',
  title: 'A rule of this device leads HTTPS to an address to which no router knows a way',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['server-firewall', 'unreachable-by-hop'],
  break: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  ip daddr 198.51.100.10 tcp dport 443 dnat to 203.0.113.250\n }\n}\n',
      { redirect: 'dnat to' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'redirect' } },
    }),
    user: failed(['connection-redirected', 'undetermined'], { innocent: ['server-firewall', 'unreachable-by-hop'] }),
  },
  needs: ['nft'],
});
