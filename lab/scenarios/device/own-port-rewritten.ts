import { atMostLikely, failed, scenario, sure } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'own-port-rewritten',
  side: 'device',
  title: 'A rule of this computer writes another port into what is sent to that server',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['certificate-name-mismatch', 'local-firewall'],
  break: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type filter hook output priority 0; policy accept;\n  ip daddr 198.51.100.10 tcp dport 443 tcp dport set 8443\n }\n}\n',
      { redirect: 'tcp dport 443' },
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'redirect', table: 'lab', chain: 'out' } },
      innocent: ['certificate-name-mismatch', 'local-firewall'],
    }),
    user: failed(['connection-redirected', 'certificate-name-mismatch', 'undetermined'], { ...atMostLikely }),
  },
  needs: ['nft'],
});
