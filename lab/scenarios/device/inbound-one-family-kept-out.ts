import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'inbound-one-family-kept-out',
  side: 'device',
  title: 'Asked from outside: a rule keeps IPv4 out, and the program listens by both: by which others come is not said',
  target: '8080',
  arguments: ['inbound'],
  shows: 'local-firewall',
  nearly: ['reachable'],
  services: { device: [http(undefined, 8080)] },
  break: [
    nft(
      'device',
      'table ip lab {\n chain in {\n  type filter hook input priority 0; policy accept;\n  tcp dport 8080 drop\n }\n}\n',
      {
        drop: 'tcp dport 8080 drop',
      },
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      ...onlyLikely,
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'drop' } },
      evidence: /by IPv6 the rules let them in/,
    }),
    user: undetermined(['local-firewall'], { innocent: ['nothing-listening'] }),
  },
  needs: ['nft'],
});
