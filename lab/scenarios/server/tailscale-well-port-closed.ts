import { both, failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'tailscale-well-port-closed',
  side: 'server',
  title: 'Tailscale is up for its own network alone, with its rules, table and name server; a server outside refuses',
  target: 'four.example.com:8088',
  shows: 'nothing-listening',
  nearly: ['vpn-blocks', 'no-route'],
  break: [],
  distractors: [
    ip(
      'device',
      'link add tailscale0 index 90 type veth peer name derp index 91',
      'link set tailscale0 arp off addrgenmode none up',
      'link set derp addrgenmode none up',
      'addr add 100.101.102.103/32 dev tailscale0',
      'route add 100.100.100.100/32 dev tailscale0 table 52',
      'route add 100.64.0.0/10 dev tailscale0 table 52',
      'route add throw 192.168.7.0/24 table 52',
      'rule add pref 5210 fwmark 0x80000/0xff0000 lookup main',
      'rule add pref 5250 fwmark 0x80000/0xff0000 unreachable',
      'rule add pref 5270 lookup 52',
    ),
  ],
  expect: both(failed('nothing-listening', { side: 'server', ...likely, innocent: ['vpn-blocks', 'no-route'] })),
});
