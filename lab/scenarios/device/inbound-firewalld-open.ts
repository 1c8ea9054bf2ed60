import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { firewalld } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-firewalld-open',
  side: 'device',
  title: 'Asked from outside: the zone of firewalld opens the port, and rejects another source',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: [],
  distractors: [
    firewalld(
      'device',
      '--add-port=8080/tcp',
      `--add-rich-rule='rule family="ipv4" source address="198.51.100.11/32" port port="8080" protocol="tcp" reject'`,
    ),
  ],
  expect: { root: reachable, user: undetermined(['local-firewall']) },
  needs: ['firewalld'],
});
