import { failed, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'wireguard-kill-switch',
  side: 'device',
  title: 'The kill switch of wg-quick(8) is left while its tunnel is gone',
  target: 'https://four.example.com/',
  shows: 'vpn-blocks',
  nearly: ['local-firewall', 'rejected-by-hop'],
  break: [
    iptables('device', '-I OUTPUT ! -o wg0 -m mark ! --mark 0xca6c -m addrtype ! --dst-type LOCAL -p tcp -j REJECT'),
  ],
  expect: {
    root: failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { table: 'filter', chain: 'OUTPUT', number: 1 } },
      innocent: ['local-firewall'],
    }),
    user: failed(['local-firewall', 'vpn-blocks'], {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
    }),
  },
  needs: ['iptables-nft'],
});
