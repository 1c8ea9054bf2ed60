import { reachable, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft, sysctl } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-led-to-loopback-allowed',
  side: 'fine',
  title: 'Asked from outside: a rule leads the port to 127.0.0.1, and route_localnet lets it',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['listens-on-loopback-only', 'connection-redirected'],
  services: { device: [{ ...http(undefined, 8080), addresses: ['127.0.0.1'] }] },
  break: [],
  distractors: [
    sysctl('device', 'net.ipv4.conf.eth0.route_localnet=1'),
    nft(
      'device',
      'table ip lab {\n chain pre {\n  type nat hook prerouting priority dstnat;\n  tcp dport 8080 dnat to 127.0.0.1:8080\n }\n}\n',
    ),
  ],
  expect: {
    root: reachable,
    user: undetermined(['listens-on-loopback-only', 'local-firewall'], { innocent: ['nothing-listening'] }),
  },
  needs: ['nft'],
});
