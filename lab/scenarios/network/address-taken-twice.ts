import { failed, scenario, undetermined } from '../../scenario.js';
import { ip, neighbour } from '../../world/steps.js';

const MAC = { server: '02:00:00:00:30:01', twin: '02:00:00:00:30:02' };

export default scenario({
  id: 'address-taken-twice',
  side: 'network',
  title: 'A printer has taken the address of the file server, and the connection reaches the printer',
  target: 'http://192.168.7.30:8080/',
  shows: 'address-conflict',
  nearly: ['nothing-listening', 'host-down', 'server-firewall'],
  break: [
    neighbour('other', ['192.168.7.30/24'], {
      mac: MAC.server,
      services: [{ kind: 'http', port: 8080, routes: { '*': { status: '200 OK', body: 'files\n' } } }],
    }),
    neighbour('twin', ['192.168.7.30/24'], { mac: MAC.twin }),
    // What this computer has learnt last.
    ip('device', `neigh replace 192.168.7.30 lladdr ${MAC.twin} dev eth0 nud reachable`),
  ],
  expect: {
    root: failed('address-conflict', {
      side: 'local-network',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'interface', address: '192.168.7.30', name: new RegExp(`(?=.*${MAC.server})(?=.*${MAC.twin})`) },
      innocent: ['nothing-listening', 'server-firewall'],
    }),
    user: {
      anyOf: [undetermined(['nothing-listening']), failed('nothing-listening', { certainty: { atMost: 'likely' } })],
    },
  },
  needs: ['macvlan'],
  // Asking who has an address is heard by this computer's own table too.
  fresh: true,
});
