import { failed, localFirewall, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// The rules are read all the same: as a rule it is known, and not proven by the kernel.
export default scenario({
  id: 'no-trace',
  side: 'device',
  title: 'A rule among others drops outgoing HTTPS, and the kernel may not be asked to trace',
  target: 'https://four.example.com/',
  arguments: ['--no-trace'],
  shows: 'local-firewall',
  break: [
    nft(
      'device',
      `table inet guard {
    set shops { type ipv4_addr; flags interval; elements = { 192.0.2.64/26, 198.51.100.0/24 }; }
    chain web { tcp dport { 80, 443 } ip daddr @shops drop comment "web"; }
    chain out { type filter hook output priority filter; policy accept; oifname "lo" accept; ip daddr 198.51.100.77 accept; meta l4proto tcp jump web; }
  }\n`,
      { block: '"web"' },
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block', chain: 'web' } },
    }),
    user: localFirewall({}).user,
  },
  needs: ['nft'],
});
