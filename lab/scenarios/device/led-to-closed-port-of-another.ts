import { failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// A user cannot read the rules, and the refusal bears the server's name: that server must not be blamed for it.
export default scenario({
  id: 'led-to-closed-port-of-another',
  side: 'device',
  title: 'A rule of this device leads HTTPS to another machine, where that port is closed',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['nothing-listening', 'server-firewall'],
  break: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  ip daddr 198.51.100.10 tcp dport 443 dnat to 192.0.2.80:81\n }\n}\n',
      { redirect: 'dnat to' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'redirect' } },
    }),
    user: failed(['connection-redirected', 'undetermined', 'local-firewall'], {
      certainty: { atMost: 'likely' },
      innocent: ['nothing-listening', 'server-firewall'],
    }),
  },
  needs: ['nft'],
});
