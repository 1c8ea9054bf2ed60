import { both, failed, likely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { LEFT_TUNNEL } from '../../world/left-tunnel.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'proxy-behind-tunnel-left-behind',
  side: 'device',
  title: 'The way to the set proxy leads into a tunnel that a VPN left behind; by IPv6 all is well',
  target: 'https://four.example.com/',
  shows: 'vpn-blocks',
  nearly: ['proxy-unreachable', 'proxy-misconfigured', 'local-firewall'],
  environment: { https_proxy: `http://${ADDRESS.edge}:3128` },
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
  services: { home: [dns()] },
  break: [LEFT_TUNNEL],
  expect: both(
    failed('vpn-blocks', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'interface', name: 'tun0' },
      innocent: ['proxy-unreachable', 'proxy-misconfigured', 'local-firewall'],
    }),
  ),
  needs: ['tun'],
});
