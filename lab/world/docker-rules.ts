// Networks and rules as Docker 24 to 27 leaves them (moby, libnetwork/iptables), where the engine itself cannot run.
import type { Services } from '../services/description.js';
import { engine, inContainer } from './containers.js';
import { ip, iptablesRestore, neighbour, sysctl, type Step } from './steps.js';
import type { Guest } from './topology.js';

export interface DockerNetwork {
  readonly bridge: string;
  /** The bridge's own address, with its prefix length: `172.17.0.1/16`. */
  readonly gateway: string;
}

export const docker0: DockerNetwork = { bridge: 'docker0', gateway: '172.17.0.1/16' };
export const backend: DockerNetwork = { bridge: 'br-4f1c2d3e5a6b', gateway: '172.18.0.1/16' };

const subnetOf = ({ gateway }: DockerNetwork): string => gateway.replace(/\.\d+\.\d+\//, '.0.0/');

/** A network namespace on that network, which has that address. */
export function attached(on: Guest, { bridge, gateway }: DockerNetwork, address: string, services?: Services): Step {
  return neighbour(on, [`${address}/${gateway.replace(/^.*\//, '')}`], {
    bridge: { name: bridge, address: gateway },
    ...(services && { services }),
  });
}

export interface DockerSettings {
  /** Rules of whoever runs the machine, in DOCKER-USER: `-d 198.51.100.0/24 -j DROP`. */
  readonly user?: readonly string[];
  /** The rules that give what leaves the machine's own address are gone. */
  readonly masquerade?: false;
  /** `address:port` of a container by the port of the machine: DNAT and the rule that lets it in. */
  readonly publishes?: readonly { readonly network: DockerNetwork; readonly port: number; readonly to: string }[];
  /**
   * As with `"userland-proxy": false`: DNAT for the containers themselves too, and the rule that gives what a container sends
   * to itself the machine's address. `untranslated`: that rule is gone, and nothing else does it.
   */
  readonly hairpin?: 'translated' | 'untranslated';
}

/** Forwarding is switched on, and the rules are those of the networks. */
export function dockerRules(networks: readonly DockerNetwork[], settings: DockerSettings = {}): Step[] {
  const { user = [], publishes = [], masquerade = true, hairpin } = settings;
  const bridges = networks.map(({ bridge }) => bridge);
  const port = (to: string): string => to.replace(/^.*:/, '');
  const address = (to: string): string => to.replace(/:.*$/, '');
  const nat = [
    '*nat',
    ':PREROUTING ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ':POSTROUTING ACCEPT [0:0]',
    ':DOCKER - [0:0]',
    '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER',
    '-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER',
    ...(masquerade ? networks.map((one) => `-A POSTROUTING -s ${subnetOf(one)} ! -o ${one.bridge} -j MASQUERADE`) : []),
    ...(hairpin === 'translated'
      ? publishes.map(
          (one) =>
            `-A POSTROUTING -s ${subnetOf(one.network)} -d ${address(one.to)}/32 -p tcp -m tcp --dport ${port(one.to)} -j MASQUERADE`,
        )
      : []),
    ...(hairpin ? [] : bridges.map((bridge) => `-A DOCKER -i ${bridge} -j RETURN`)),
    ...publishes.map(
      (one) =>
        `-A DOCKER${hairpin ? '' : ` ! -i ${one.network.bridge}`} -p tcp -m tcp --dport ${one.port} -j DNAT --to-destination ${one.to}`,
    ),
    'COMMIT',
  ];
  const filter = [
    '*filter',
    ':INPUT ACCEPT [0:0]',
    ':FORWARD DROP [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ':DOCKER - [0:0]',
    ':DOCKER-ISOLATION-STAGE-1 - [0:0]',
    ':DOCKER-ISOLATION-STAGE-2 - [0:0]',
    ':DOCKER-USER - [0:0]',
    '-A FORWARD -j DOCKER-USER',
    '-A FORWARD -j DOCKER-ISOLATION-STAGE-1',
    ...bridges.flatMap((bridge) => [
      `-A FORWARD -o ${bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
      `-A FORWARD -o ${bridge} -j DOCKER`,
      `-A FORWARD -i ${bridge} ! -o ${bridge} -j ACCEPT`,
      `-A FORWARD -i ${bridge} -o ${bridge} -j ACCEPT`,
    ]),
    ...publishes.map(
      (one) =>
        `-A DOCKER -d ${address(one.to)}/32 ! -i ${one.network.bridge} -o ${one.network.bridge} -p tcp -m tcp --dport ${port(one.to)} -j ACCEPT`,
    ),
    ...bridges.map((bridge) => `-A DOCKER-ISOLATION-STAGE-1 -i ${bridge} ! -o ${bridge} -j DOCKER-ISOLATION-STAGE-2`),
    '-A DOCKER-ISOLATION-STAGE-1 -j RETURN',
    ...bridges.map((bridge) => `-A DOCKER-ISOLATION-STAGE-2 -o ${bridge} -j DROP`),
    '-A DOCKER-ISOLATION-STAGE-2 -j RETURN',
    ...user.map((rule) => `-A DOCKER-USER ${rule}`),
    '-A DOCKER-USER -j RETURN',
    'COMMIT',
  ];
  return [sysctl('device', 'net.ipv4.ip_forward=1'), iptablesRestore('device', [...nat, ...filter].join('\n'))];
}

/** What Docker 27 loads by ip6tables for `docker0` with IPv6: no translation but masquerading. `user`: lines of DOCKER-USER. */
export function docker6(user: readonly string[]): string {
  return [
    '*nat',
    ':POSTROUTING ACCEPT [0:0]',
    '-A POSTROUTING -s 2001:db8:d0c::/64 ! -o docker0 -j MASQUERADE',
    'COMMIT',
    '*filter',
    ':INPUT ACCEPT [0:0]',
    ':FORWARD DROP [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ':DOCKER-USER - [0:0]',
    '-A FORWARD -j DOCKER-USER',
    '-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
    '-A FORWARD -i docker0 ! -o docker0 -j ACCEPT',
    ...user,
    '-A DOCKER-USER -j RETURN',
    'COMMIT',
  ].join('\n');
}

/** Two containers on one bridge, web and the database db that listens on 5432: their networks, processes and engine. */
export const webBesideDatabase: readonly Step[] = [
  attached('other', docker0, '172.17.0.2'),
  attached('twin', docker0, '172.17.0.3', [{ kind: 'greeting', port: 5432, text: 'hello\r\n' }]),
  inContainer('web', 'other', 'nameserver 203.0.113.53\n'),
  inContainer('db', 'twin', 'nameserver 203.0.113.53\n'),
  engine([
    { name: 'web', pid: 'web', networks: { bridge: '172.17.0.2' } },
    { name: 'db', pid: 'db', networks: { bridge: '172.17.0.3' }, exposes: [5432] },
  ]),
];

/** As Docker 24 leaves them for two networks, a container with a published port in the first. */
export const publishedBesideAnother: readonly Step[] = [
  sysctl('device', 'net.ipv4.ip_forward=1'),
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
];
