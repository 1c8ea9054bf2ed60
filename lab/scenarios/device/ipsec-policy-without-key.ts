import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'ipsec-policy-without-key',
  side: 'device',
  title: 'An IPsec policy wants what is sent to the server encrypted, and nobody has agreed on a key',
  target: '198.51.100.10:443',
  shows: 'vpn-blocks',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [
    ip(
      'device',
      'xfrm policy add src 192.168.7.20/32 dst 198.51.100.10/32 dir out tmpl src 192.168.7.20 dst 198.51.100.10 proto esp mode tunnel',
    ),
  ],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'confirmed' },
      culprit: { kind: 'policy', name: /^IPsec policy without a key/ },
      innocent: ['server-firewall', 'dropped-on-path'],
    }),
  ),
  needs: ['ipsec'],
});
