import { failed, sure, scenario } from '../../scenario.js';
import { openVpn } from '../../world/openvpn.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'openvpn-well-own-rule',
  side: 'device',
  title:
    'OpenVPN holds everything and is well; a rule of this computer drops what goes to the server, in the tunnel too',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['vpn-blocks', 'server-firewall'],
  break: [
    ...openVpn(),
    nft(
      'device',
      `table inet mine {
    chain out {
      type filter hook output priority 0;
      oifname "tun0" ip daddr 198.51.100.10 tcp dport 443 drop
    }
  }\n`,
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      ...sure,
      culprit: { rule: { table: 'mine' } },
      innocent: ['vpn-blocks'],
    }),
    user: failed('local-firewall', { side: 'this-device', certainty: { atLeast: 'likely' }, innocent: ['vpn-blocks'] }),
  },
  needs: ['openvpn', 'tun', 'nft'],
});
