import { failed, scenario } from '../../scenario.js';
import { firewalld, ufw } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'ufw-and-firewalld',
  side: 'device',
  title: 'ufw allows outgoing HTTPS by a rule of its own, and a policy of firewalld rejects it',
  target: 'https://four.example.com/',
  shows: 'security-software-conflict',
  // In this order: firewalld empties the tables of iptables when it starts.
  break: [
    firewalld(
      'device',
      '--permanent --new-policy=outgoing',
      '--permanent --policy=outgoing --add-ingress-zone=HOST',
      '--permanent --policy=outgoing --add-egress-zone=ANY',
      `--permanent --policy=outgoing --add-rich-rule='rule family="ipv4" destination address="${ADDRESS.server}/32" reject'`,
      '--reload',
    ),
    ufw('device', 'allow out 443/tcp'),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', owner: 'firewalld', rule: { table: 'firewalld' } },
      also: ['security-software-conflict'],
    }),
    user: failed('local-firewall', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
  },
  needs: ['ufw', 'firewalld'],
});
