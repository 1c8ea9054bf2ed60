import { failed, scenario, undetermined } from '../../scenario.js';
import { ip, iptablesRestore, sysctl } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-docker-user-by-published-port',
  side: 'device',
  title: 'Asked from outside: DOCKER-USER keeps the sender out by the port as it was before Docker led it on',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'local-firewall',
  nearly: ['reachable', 'port-not-published', 'nothing-listening'],
  services: { device: [] },
  break: [
    sysctl('device', 'net.ipv4.ip_forward=1'),
    ip('device', 'link add docker0 type bridge', 'address add 172.17.0.1/16 dev docker0', 'link set docker0 up'),
    iptablesRestore(
      'device',
      `*nat
:PREROUTING ACCEPT [0:0]
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
COMMIT
*filter
:FORWARD DROP [0:0]
:DOCKER - [0:0]
:DOCKER-USER - [0:0]
-A FORWARD -j DOCKER-USER
-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -o docker0 -j DOCKER
-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
-A DOCKER-USER -s 198.51.100.0/24 -m conntrack --ctorigdstport 8080 --ctdir ORIGINAL -j DROP
-A DOCKER-USER -j RETURN
COMMIT`,
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'firewall-rule', rule: { chain: 'DOCKER-USER', number: 1 } },
      innocent: ['port-not-published', 'nothing-listening'],
    }),
    user: undetermined(['nothing-listening', 'local-firewall']),
  },
  needs: ['iptables-nft', 'bridge'],
});
