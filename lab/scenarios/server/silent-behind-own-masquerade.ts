import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule, nft } from '../../world/steps.js';

export default scenario({
  id: 'silent-behind-own-masquerade',
  side: 'server',
  title:
    "The server's own firewall drops; rules of this computer give what it sends its own address, and lead others elsewhere",
  target: '198.51.100.10:443',
  shows: 'server-firewall',
  nearly: ['connection-redirected', 'local-firewall'],
  break: [filterRule('server', 'input', 'tcp dport 443 drop', { labelText: 'dport 443 drop' })],
  distractors: [
    nft(
      'device',
      'table ip lab {\n chain out {\n  type nat hook output priority -100; policy accept;\n  ip daddr 198.51.100.99 tcp dport 443 dnat to 192.0.2.80\n }\n chain post {\n  type nat hook postrouting priority 100; policy accept;\n  oifname "eth0" snat to 192.168.7.20\n  masquerade\n }\n}\n',
    ),
  ],
  expect: both(undetermined(['server-firewall'], { innocent: ['connection-redirected', 'local-firewall'] })),
  needs: ['nft'],
});
