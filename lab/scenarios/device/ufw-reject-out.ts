import { localFirewall, scenario } from '../../scenario.js';
import { ufw } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'ufw-reject-out',
  side: 'device',
  title: 'ufw rejects outgoing HTTPS to one address',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['rejected-by-hop', 'nothing-listening'],
  break: [ufw('device', `reject out to ${ADDRESS.server} port 443 proto tcp`)],
  expect: localFirewall({ table: 'filter', chain: 'ufw-user-output' }, { owner: 'ufw' }),
  needs: ['ufw'],
});
