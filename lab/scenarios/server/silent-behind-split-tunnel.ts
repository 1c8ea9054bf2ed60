import { atMostLikely, both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';
import { companyVpn, INSIDE } from '../../world/wireguard.js';

// The near miss of a dead tunnel: who stands behind it answers, and the machine in question does not.
export default scenario({
  id: 'silent-behind-split-tunnel',
  side: 'server',
  title: "The company's VPN is up and well; what is sent to the machine behind it is dropped there",
  target: `http://${INSIDE.address}/`,
  shows: 'server-firewall',
  nearly: ['vpn-blocks'],
  break: [filterRule('edge', 'forward', 'ip daddr 10.9.0.5 drop')],
  distractors: companyVpn(),
  expect: both({
    anyOf: [
      failed(['server-firewall', 'dropped-on-path', 'host-down'], { ...atMostLikely, innocent: ['vpn-blocks'] }),
      undetermined(['server-firewall'], { innocent: ['vpn-blocks'] }),
    ],
  }),
  needs: ['wireguard', 'tun', 'nft'],
});
