import { reachable, scenario, undetermined } from '../../scenario.js';
import { ip, iptablesRestore, ufw } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

/** As Docker 24 leaves them for two networks, a container with a published port in the first. */
export default scenario({
  id: 'inbound-docker-past-ufw',
  side: 'device',
  title: 'Asked from outside: ufw denies what comes in, and Docker leads the port past it',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['containers-not-connected', 'port-not-published', 'nothing-listening', 'local-firewall'],
  break: [],
  distractors: [
    ufw('device', 'deny 8080/tcp'),
    ip(
      'device',
      'link add docker0 type bridge',
      'address add 172.17.0.1/16 dev docker0',
      'link set docker0 up',
      'link add br-4f1c2d3e5a6b type bridge',
      'address add 172.18.0.1/16 dev br-4f1c2d3e5a6b',
      'link set br-4f1c2d3e5a6b up',
    ),
    iptablesRestore(
      'device',
      `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
-A DOCKER -i docker0 -j RETURN
-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:DOCKER - [0:0]
:DOCKER-ISOLATION-STAGE-1 - [0:0]
:DOCKER-ISOLATION-STAGE-2 - [0:0]
:DOCKER-USER - [0:0]
-A FORWARD -j DOCKER-USER
-A FORWARD -j DOCKER-ISOLATION-STAGE-1
-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -o docker0 -j DOCKER
-A FORWARD -i docker0 ! -o docker0 -j ACCEPT
-A FORWARD -i docker0 -o docker0 -j ACCEPT
-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-1 -i br-4f1c2d3e5a6b ! -o br-4f1c2d3e5a6b -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-1 -j RETURN
-A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
-A DOCKER-ISOLATION-STAGE-2 -o br-4f1c2d3e5a6b -j DROP
-A DOCKER-ISOLATION-STAGE-2 -j RETURN
-A DOCKER-USER -j RETURN
COMMIT`,
    ),
  ],
  expect: {
    root: reachable,
    // Where the rules cannot be read, it is only seen that no program of this network listens.
    user: undetermined(['nothing-listening', 'local-firewall']),
  },
  needs: ['ufw', 'iptables-nft', 'bridge'],
});
