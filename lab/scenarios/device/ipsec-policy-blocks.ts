import { both, failed, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'ipsec-policy-blocks',
  side: 'device',
  title: 'An IPsec policy of this device forbids what is sent to the server',
  target: '198.51.100.10:443',
  shows: 'vpn-blocks',
  nearly: ['app-policy', 'local-firewall'],
  break: [ip('device', 'xfrm policy add src 192.168.7.20/32 dst 198.51.100.10/32 dir out action block')],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'confirmed' },
      culprit: { kind: 'policy', name: /^IPsec policy that blocks/ },
      innocent: ['app-policy', 'local-firewall'],
    }),
  ),
  needs: ['ipsec'],
});
