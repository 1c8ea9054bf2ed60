import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule, ip } from '../../world/steps.js';

export default scenario({
  id: 'silent-beside-ipsec-for-others',
  side: 'server',
  title: "The server drops the port, and this device has a policy of IPsec for another one's address",
  target: '198.51.100.10:443',
  shows: 'server-firewall',
  nearly: ['vpn-blocks'],
  break: [filterRule('server', 'input', 'tcp dport 443 drop')],
  distractors: [ip('device', 'xfrm policy add src 192.168.7.20/32 dst 198.51.100.11/32 dir out action block')],
  expect: both(undetermined(['server-firewall'], { innocent: ['vpn-blocks'] })),
  needs: ['nft', 'ipsec'],
});
