import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ip, neighbour } from '../../world/steps.js';

export default scenario({
  id: 'routers-share-address',
  side: 'network',
  title: 'Two routers share an address on purpose (VRRP), and the port there is closed',
  target: 'http://192.168.7.30:8080/',
  shows: 'nothing-listening',
  nearly: ['address-conflict', 'host-down'],
  break: [
    neighbour('other', ['192.168.7.30/24'], { mac: '00:00:5e:00:01:07' }),
    neighbour('twin', ['192.168.7.30/24'], {
      mac: '02:00:00:00:30:02',
      services: [{ kind: 'http', port: 8080, routes: { '*': { status: '200 OK' } } }],
    }),
    ip('device', 'neigh replace 192.168.7.30 lladdr 00:00:5e:00:01:07 dev eth0 nud reachable'),
  ],
  expect: both({
    anyOf: [
      failed('nothing-listening', { certainty: { atMost: 'likely' }, innocent: ['address-conflict'] }),
      undetermined(['nothing-listening'], { innocent: ['address-conflict'] }),
    ],
  }),
  needs: ['macvlan'],
  // Asking who has an address is heard by this computer's own table too.
  fresh: true,
});
