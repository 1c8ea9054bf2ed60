import { both, reachable, scenario } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'queue-with-bypass',
  side: 'fine',
  title: 'A rule hands new connections to a program that does not run, and lets them pass then',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['local-firewall', 'app-policy'],
  break: [],
  distractors: [
    iptables(
      'device',
      '-A OUTPUT -p tcp --dport 443 -m conntrack --ctstate NEW -j NFQUEUE --queue-num 7 --queue-bypass',
    ),
  ],
  expect: both(reachable),
  needs: ['iptables-nft', 'nfqueue'],
});
