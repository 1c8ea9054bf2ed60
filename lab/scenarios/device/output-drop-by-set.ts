import { failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'output-drop-by-set',
  side: 'device',
  title: 'A rule of this computer drops what goes to any address of a list, and the target is in one network of it',
  target: '198.51.100.10:443',
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [
    nft(
      'device',
      `table inet lab {
  set blocklist {
    type ipv4_addr; flags interval, timeout;
    elements = { 198.51.100.0/24 timeout 6h comment "kids", 192.0.2.0/24 }
  }
  chain out { type filter hook output priority 0; policy accept; ip daddr @blocklist drop; }
}\n`,
      { block: '@blocklist drop' },
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block' } },
      evidence: /198\.51\.100\.0\/24 in set blocklist \(comment "kids", 5 h left\)/,
      innocent: ['server-firewall', 'dropped-on-path'],
    }),
    user: failed('local-firewall', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
  },
  needs: ['nft'],
});
