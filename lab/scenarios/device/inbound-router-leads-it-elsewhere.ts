import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-router-leads-it-elsewhere',
  side: 'device',
  title: 'Asked from outside: all is well here, and the router leads that port to another device',
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
        mappings: ['udp 8080 192.168.7.20 8080', 'tcp 8080 192.168.7.40 8080'],
      },
    ],
  },
  break: [],
  expect: {
    root: { ...reachable, evidence: /leads its tcp port 8080 to another device, 192\.168\.7\.40:8080/ },
    user: undetermined(['local-firewall'], { innocent: ['nothing-listening'] }),
  },
});
