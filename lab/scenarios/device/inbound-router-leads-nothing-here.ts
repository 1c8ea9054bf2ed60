import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-router-leads-nothing-here',
  side: 'device',
  title:
    'Asked from outside: all is well here, and the router lists no forwarding of that port; its firewall for IPv6 is on',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['nothing-listening', 'local-firewall'],
  services: {
    device: [http(undefined, 8080)],
    home: [
      {
        kind: 'igd',
        port: 5000,
        outside: '203.0.113.2',
        mappings: ['tcp 8081 192.168.7.20 8080'],
        ipv6Firewall: 'on-without-pinholes',
      },
    ],
  },
  break: [],
  expect: {
    root: { ...reachable, evidence: /lists nothing by UPnP that leads tcp port 8080 to this computer/ },
    user: undetermined(['local-firewall'], { innocent: ['nothing-listening'] }),
  },
});
