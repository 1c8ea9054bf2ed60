import { both, failed, likely, scenario } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'port-8443-everywhere',
  side: 'path',
  title: 'This network lets nothing out but the usual ports',
  target: 'https://four.example.com:8443/',
  shows: 'port-blocked-everywhere',
  nearly: ['dropped-on-path', 'server-firewall'],
  services: { server: [https(), https({}, undefined, 8443), ssh()] },
  break: [filterRule('home', 'forward', 'iifname "lan" tcp dport 8000-9999 drop', { labelText: 'tcp dport' })],
  // Our packets come to the home router and no farther, others go on: a rule of this device for the answers would let them.
  expect: both(
    failed('port-blocked-everywhere', {
      side: ['path', 'local-network'],
      ...likely,
      culprit: { name: /8443/, address: ADDRESS.home },
      innocent: ['dropped-on-path', 'server-firewall', 'host-down', 'local-firewall'],
    }),
  ),
  needs: ['nft'],
});
