import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule, ip, nft } from '../../world/steps.js';

export default scenario({
  id: 'marked-tunnel-innocent',
  side: 'server',
  title: 'Rules lead SSH by its mark into a tunnel that nobody serves; what fails is HTTPS, which the server drops',
  target: 'https://198.51.100.10/',
  shows: 'server-firewall',
  nearly: ['vpn-blocks', 'no-route'],
  break: [filterRule('server', 'input', 'tcp dport 443 drop')],
  distractors: [
    ip(
      'device',
      'tuntap add dev tun3 mode tun',
      'addr add 10.8.3.2/24 dev tun3',
      'link set tun3 up',
      'rule add fwmark 0x51 lookup 151 pref 70',
      'route add default dev tun3 table 151',
    ),
    nft(
      'device',
      `table inet byport { chain marking { type route hook output priority mangle; tcp dport 22 meta mark set 0x51\n }\n}\n`,
    ),
  ],
  expect: both(undetermined(['server-firewall', 'dropped-on-path'], { innocent: ['vpn-blocks', 'no-route'] })),
  needs: ['nft', 'tun'],
});
