import { localFirewall, scenario } from '../../scenario.js';
import { iptables, ufw } from '../../world/steps.js';

export default scenario({
  id: 'ufw-and-own-rule',
  side: 'device',
  title: 'A rule that somebody put before those of ufw, into the same chain: ufw is innocent',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [iptables('device', '-I OUTPUT 1 -p tcp --dport 443 -j DROP')],
  distractors: [ufw('device', 'deny out 25/tcp comment mail')],
  expect: {
    root: {
      outcome: 'failed',
      cause: 'local-firewall',
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { table: 'filter', chain: 'OUTPUT', number: 1 } },
      innocentText: ['ufw'],
    },
    user: localFirewall({}).user,
  },
  needs: ['ufw', 'iptables-nft'],
});
