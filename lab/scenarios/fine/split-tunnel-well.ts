import { both, reachable, scenario } from '../../scenario.js';
import { COMPANY_RESOLV_CONF, COMPANY_RESOLVER, companyVpn, INSIDE, INSIDE_SERVER } from '../../world/wireguard.js';

export default scenario({
  id: 'split-tunnel-well',
  side: 'fine',
  title: "The company's VPN takes its own networks alone, and what lies in them is reached",
  target: `http://${INSIDE.name}/`,
  shows: 'reachable',
  nearly: ['vpn-blocks', 'subnet-overlap'],
  services: { edge: COMPANY_RESOLVER, server: INSIDE_SERVER },
  files: { resolvConf: COMPANY_RESOLV_CONF },
  break: companyVpn(),
  expect: both(reachable),
  needs: ['wireguard', 'tun'],
});
