import { localFirewall, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'output-drop-by-address',
  side: 'device',
  title: 'An nft rule drops what goes to the server; one just above it drops what goes elsewhere',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [
    filterRule('device', 'output', `ip daddr 192.0.2.99 drop\n  ip daddr ${ADDRESS.server} counter drop`, {
      labelText: `ip daddr ${ADDRESS.server}`,
    }),
  ],
  expect: localFirewall({ handleOf: 'block', chain: 'output' }),
  needs: ['nft'],
});
