import { both, failed, likely, scenario } from '../../scenario.js';
import { http, https, ssh } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'port-25-everywhere',
  side: 'path',
  title: 'The provider drops port 25 to whatever server',
  target: 'smtp://four.example.com',
  shows: 'port-blocked-everywhere',
  nearly: ['dropped-on-path', 'server-firewall', 'host-down'],
  services: {
    server: [https(), http(), ssh(), { kind: 'greeting', port: 25, text: '220 mail.example.com ESMTP\r\n' }],
  },
  break: [filterRule('provider', 'forward', 'tcp dport 25 drop')],
  // Our packets come to the provider and no farther, others go on: a rule of this device for the answers would let them.
  expect: both(
    failed('port-blocked-everywhere', {
      side: ['path', 'local-network'],
      ...likely,
      culprit: { name: /25/, address: ADDRESS.provider },
      innocent: ['dropped-on-path', 'server-firewall', 'host-down', 'local-firewall'],
    }),
  ),
  needs: ['nft'],
});
