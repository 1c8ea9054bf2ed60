import { makeNamespaces, type Namespaces } from './namespaces.js';

export const client = { 4: '192.0.2.2', 6: '2001:db8:1::2' } as const;
export const router = { 4: '192.0.2.1', 6: '2001:db8:1::1' } as const;
export const server = { 4: '198.51.100.10', 6: '2001:db8:2::10' } as const;

/** A port for each fault; rules stand where the fault is. */
export const ports = {
  open: 8080,
  closed: 1000,
  serverDrop: 1001,
  serverReject: 1002,
  serverReset: 1003,
  serverByService: 1004,
  routerDrop: 1010,
  routerProhibited: 1011,
  routerPort: 1012,
  routerHost: 1013,
  routerNet: 1014,
  routerReset: 1015,
  localDrop: 1020,
  localReject: 1021,
  localReset: 1022,
  localAnswerDrop: 1023,
  localPostDrop: 1024,
} as const;

const rejects = (port: number, type4: string, type6: string): string =>
  `meta nfproto ipv4 th dport ${port} reject with icmp type ${type4}
   meta nfproto ipv6 th dport ${port} reject with icmpv6 type ${type6}\n`;

const rules = {
  server: `table inet t { chain i {
    type filter hook input priority 0; policy accept;
    th dport ${ports.serverDrop} drop
    ${rejects(ports.serverReject, 'port-unreachable', 'port-unreachable')}
    tcp dport ${ports.serverReset} reject with tcp reset
    ip dscp 0x04 tcp dport ${ports.serverByService} reject with icmp type host-prohibited
    ip6 dscp 0x04 tcp dport ${ports.serverByService} reject with icmpv6 type admin-prohibited
    }
  }\n`,
  router: `table inet t { chain f {
    type filter hook forward priority 0; policy accept;
    th dport ${ports.routerDrop} drop
    ${rejects(ports.routerProhibited, 'admin-prohibited', 'admin-prohibited')}
    ${rejects(ports.routerPort, 'port-unreachable', 'port-unreachable')}
    ${rejects(ports.routerHost, 'host-unreachable', 'addr-unreachable')}
    ${rejects(ports.routerNet, 'net-unreachable', 'no-route')}
    tcp dport ${ports.routerReset} reject with tcp reset
    }
  }\n`,
  client: `table inet t { chain o {
    type filter hook output priority 0; policy accept;
    th dport ${ports.localDrop} drop
    ${rejects(ports.localReject, 'admin-prohibited', 'admin-prohibited')}
    tcp dport ${ports.localReset} reject with tcp reset
    }
    chain p {
    type filter hook postrouting priority 0; policy accept;
    th dport ${ports.localPostDrop} drop
    }
    chain i {
    type filter hook input priority 0; policy accept;
    tcp sport ${ports.localAnswerDrop} drop
    }
  }\n`,
};

const addresses = {
  client: `addr add ${client[4]}/24 dev eth0
    addr add ${client[6]}/64 dev eth0 nodad
    route add default via ${router[4]}
    route add default via ${router[6]}
    route add blackhole 203.0.113.1/32
    route add unreachable 203.0.113.2/32
    route add prohibit 203.0.113.3/32
    route add throw 203.0.113.4/32
    route add blackhole 2001:db8:9::1/128
    route add unreachable 2001:db8:9::2/128
    route add prohibit 2001:db8:9::3/128\n`,
  router: `addr add ${router[4]}/24 dev eth0
    addr add ${router[6]}/64 dev eth0 nodad
    addr add 198.51.100.1/24 dev eth1
    addr add 2001:db8:2::1/64 dev eth1 nodad
    route add blackhole 203.0.113.17/32
    route add unreachable 203.0.113.18/32
    route add prohibit 203.0.113.19/32
    route add unreachable 2001:db8:9::18/128
    route add prohibit 2001:db8:9::19/128\n`,
  server: `addr add ${server[4]}/24 dev eth0
    addr add ${server[6]}/64 dev eth0 nodad
    route add default via 198.51.100.1
    route add default via 2001:db8:2::1\n`,
} as const;

/** A client, a router and a server, with every fault at its place. */
export function makeFaultWorld(): Namespaces {
  const world = makeNamespaces(
    ['client', 'router', 'server'],
    [
      ['client:eth0', 'router:eth0'],
      ['router:eth1', 'server:eth0'],
    ],
  );
  for (const name of ['client', 'router', 'server'] as const) {
    world.run(name, 'ip', ['-batch', '-'], addresses[name]);
    world.run(name, 'nft', ['-f', '-'], rules[name]);
    for (const key of ['net.ipv4.icmp_ratelimit', 'net.ipv6.icmp.ratelimit']) world.sysctl(name, key, '0');
  }
  world.sysctl('router', 'net.ipv4.ip_forward', '1');
  world.sysctl('router', 'net.ipv6.conf.all.forwarding', '1');
  return world;
}
