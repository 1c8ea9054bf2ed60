import { both, failed, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';
import { iptablesRestore } from '../../world/steps.js';

// Programs that run as root are of the group 0, those of nobody of 65534: this rule is for neither.
export default scenario({
  id: 'refused-beside-rule-for-other-group',
  side: 'server',
  title: 'Nothing listens on the server; a rule of this computer refuses what programs of another group send',
  target: 'https://four.example.com/',
  shows: 'nothing-listening',
  nearly: ['local-firewall', 'app-policy'],
  services: { server: [ssh()] },
  break: [],
  distractors: [
    iptablesRestore(
      'device',
      '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p tcp -m owner --gid-owner 1-997 -j REJECT --reject-with tcp-reset\nCOMMIT\n',
      { backend: 'legacy' },
    ),
  ],
  expect: both(failed('nothing-listening', { side: 'server', innocent: ['local-firewall', 'app-policy'] })),
  needs: ['iptables-legacy'],
});
