import { failed, likely, scenario } from '../../scenario.js';
import { ip } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';
import { wholeVpn } from '../../world/wireguard.js';

export default scenario({
  id: 'wireguard-end-without-way',
  side: 'device',
  title: "WireGuard takes everything and is well; this computer's own routes throw away what goes to its other end",
  target: 'https://198.51.100.10/',
  shows: 'no-route',
  nearly: ['vpn-blocks', 'internet-down', 'dropped-on-path', 'server-firewall'],
  break: [ip('device', `route add blackhole ${ADDRESS.edge}`)],
  distractors: wholeVpn(),
  expect: {
    root: failed('no-route', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'route', name: /blackhole 203\.0\.113\.9/ },
      innocent: ['vpn-blocks', 'dropped-on-path', 'server-firewall'],
    }),
    user: failed('vpn-blocks', { certainty: { atMost: 'likely' }, culprit: { name: 'wg0' } }),
  },
  needs: ['wireguard', 'tun'],
});
