import { both, failed, scenario } from '../../scenario.js';
import { ssh } from '../../world/internet.js';
import { COMPANY_RESOLV_CONF, COMPANY_RESOLVER, companyVpn, INSIDE } from '../../world/wireguard.js';

export default scenario({
  id: 'stopped-behind-split-tunnel',
  side: 'server',
  title: "The company's VPN is up and leads to the server, whose web service is off",
  target: `http://${INSIDE.name}/`,
  shows: 'nothing-listening',
  nearly: ['vpn-blocks', 'subnet-overlap'],
  services: { edge: COMPANY_RESOLVER, server: [ssh()] },
  files: { resolvConf: COMPANY_RESOLV_CONF },
  break: [],
  distractors: companyVpn(),
  expect: both(failed('nothing-listening', { innocent: ['vpn-blocks', 'subnet-overlap', 'local-firewall'] })),
  needs: ['wireguard', 'tun'],
});
