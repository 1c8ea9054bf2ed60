import { failed, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// As a user it looks like a lossy way; whether the kernel said "not permitted" of one of them hangs on chance as well.
export default scenario({
  id: 'output-drops-by-chance',
  side: 'device',
  title: 'A rule of this device throws away most packets, as a bad Wi-Fi would',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['packet-loss', 'server-not-responding'],
  break: [filterRule('device', 'output', 'tcp dport 443 numgen random mod 100 < 85 drop', { labelText: 'numgen' })],
  expect: {
    root: {
      anyOf: [
        failed('local-firewall', {
          side: 'this-device',
          ...likely,
          culprit: { kind: 'firewall-rule', rule: { text: /numgen random mod 100 < 85/ } },
        }),
        {
          outcome: 'degraded',
          cause: 'packet-loss',
          side: 'this-device',
          culprit: { kind: 'firewall-rule', rule: { text: /numgen random mod 100 < 85/ } },
        },
        { outcome: 'reachable', cause: ['reachable', 'momentary-glitch'] },
      ],
    },
    user: {
      anyOf: [
        failed(['local-firewall', 'packet-loss', 'undetermined'], { certainty: { atMost: 'likely' } }),
        { outcome: 'degraded', cause: 'packet-loss' },
        { outcome: 'reachable', cause: ['reachable', 'momentary-glitch'] },
      ],
    },
  },
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
