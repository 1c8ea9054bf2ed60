import { localFirewall, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

// Close to a kill switch of plain rules: but the web gets out beside the tunnel, so that a port is closed and no VPN is missing.
export default scenario({
  id: 'egress-filter-names-tunnel',
  side: 'device',
  title:
    'A filter lets the web out, all into tun0 and to the server of a VPN, and drops the rest: another port is asked for',
  target: 'http://198.51.100.10:8080/',
  shows: 'local-firewall',
  nearly: ['vpn-blocks'],
  services: { server: [http({ status: '200 OK', body: 'well' }, 8080)] },
  break: [
    nft(
      'device',
      `table inet lab {
    chain output { type filter hook output priority filter; policy accept;
      oifname { "lo", "tun0" } accept
      ip daddr 203.0.113.5 udp dport 1194 accept
      meta l4proto udp th dport 53 accept
      oifname "eth0" tcp dport { 80, 443 } accept
      drop comment "the rest"
    }
  }\n`,
      { block: 'the rest' },
    ),
  ],
  expect: localFirewall({ handleOf: 'block', table: 'lab' }),
  needs: ['nft'],
});
