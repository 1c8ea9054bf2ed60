import { both, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// Which packets are hit is chance: the few that are sent to the router itself may all get through.
export default scenario({
  id: 'wifi-loses-half',
  side: 'network',
  title: 'Half of the packets that would open a connection get lost before the router has them, as by bad radio',
  target: 'four.example.com:8022',
  shows: 'packet-loss',
  nearly: ['gateway-unreachable', 'dropped-on-path', 'server-firewall', 'internet-down'],
  services: { server: [{ kind: 'greeting', port: 8022, text: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n' }] },
  break: [
    nft(
      'home',
      `table inet radio { chain pre { type filter hook prerouting priority raw; policy accept;
        iifname "lan" tcp flags & (syn | ack) == syn jump lossy
      }
      chain lossy {
        numgen inc mod 1000000 == 0 drop
        numgen random mod 100 < 50 drop
      }
      }\n`,
    ),
  ],
  expect: both({
    anyOf: [
      {
        outcome: 'degraded',
        cause: 'packet-loss',
        side: ['local-network', 'path'],
        innocent: ['server-firewall', 'dropped-on-path'],
      },
      {
        outcome: 'failed',
        cause: 'packet-loss',
        side: ['local-network', 'path'],
        innocent: ['server-firewall', 'dropped-on-path'],
      },
    ],
  }),
  needs: ['nft', 'nft-numgen'],
  fresh: true,
});
