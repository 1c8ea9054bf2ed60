import { failed, likely, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// The hook lies before the kernel's trace, so that only reading the rules shows it.
export default scenario({
  id: 'ingress-drop-answer',
  side: 'device',
  title: "A rule on the interface's ingress hook drops the server's answers",
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-firewall', 'dropped-on-path'],
  break: [
    nft(
      'device',
      'table netdev lab {\n chain early {\n  type filter hook ingress device "eth0" priority 0; policy accept;\n  ip saddr 198.51.100.10 tcp sport 443 drop\n }\n}\n',
      { block: 'tcp sport 443 drop' },
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'firewall-rule', rule: { family: 'netdev', handleOf: 'block', chain: 'early' } },
    }),
    user: undetermined(['local-firewall', 'server-firewall', 'dropped-on-path']),
  },
  needs: ['nft'],
});
