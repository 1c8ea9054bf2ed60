import { both, failed, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';
import { iptablesRestore } from '../../world/steps.js';

export default scenario({
  id: 'refused-beside-legacy-nat',
  side: 'server',
  title: 'Nothing listens on the server; rules of iptables-legacy here lead other connections elsewhere',
  target: 'https://four.example.com/',
  shows: 'nothing-listening',
  nearly: ['connection-redirected', 'local-firewall'],
  services: { server: [ssh()] },
  break: [],
  distractors: [
    iptablesRestore(
      'device',
      '*nat\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A OUTPUT -d 198.51.100.10/32 -p tcp -m tcp --dport 8443 -j REDIRECT --to-ports 3129\n-A OUTPUT -p tcp -m tcp --dport 443 -m owner ! --uid-owner 0-65535 -j DNAT --to-destination 192.0.2.80\nCOMMIT\n',
      { backend: 'legacy' },
    ),
  ],
  expect: both(failed('nothing-listening', { side: 'server', innocent: ['connection-redirected', 'local-firewall'] })),
  needs: ['iptables-legacy'],
});
