import { failed, scenario } from '../../scenario.js';
import { ip, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-led-and-not-forwarded',
  side: 'device',
  title: 'Asked from outside: a rule leads the port to a guest of this device, which passes nothing on',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'no-route',
  nearly: ['reachable', 'nothing-listening', 'local-firewall'],
  services: { device: [] },
  break: [
    ip('device', 'link add br9 type bridge', 'address add 172.17.0.1/16 dev br9', 'link set br9 up'),
    nft(
      'device',
      'table ip lab {\n chain pre {\n  type nat hook prerouting priority dstnat;\n  tcp dport 8080 dnat to 172.17.0.2:80\n }\n}\n',
    ),
  ],
  expect: {
    root: failed('no-route', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'setting', name: 'net.ipv4.ip_forward' },
      innocent: ['nothing-listening', 'local-firewall'],
    }),
    user: failed('nothing-listening', { certainty: { atMost: 'likely' } }),
  },
  needs: ['nft', 'bridge'],
});
