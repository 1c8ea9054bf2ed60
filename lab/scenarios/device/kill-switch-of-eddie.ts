import { failed, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// The rules of AirVPN's program as its sources write them (NetworkLockNftables); the product itself is not here.
export default scenario({
  id: 'kill-switch-of-eddie',
  side: 'device',
  title: "The network lock of AirVPN's Eddie stays on while its tunnel is gone; its rules bear its comments",
  target: 'https://198.51.100.10/',
  shows: 'vpn-blocks',
  nearly: ['local-firewall'],
  break: [
    nft(
      'device',
      `table ip filter {
    chain OUTPUT { type filter hook output priority filter; policy accept;
      oifname "lo" counter accept
      ip saddr 192.168.0.0/16 ip daddr 192.168.0.0/16 counter accept
      ip daddr 203.0.113.5 counter accept comment "eddie_ip_1"
      oifname "tun0" counter accept comment "eddie_interface_tun0"
      counter drop comment "eddie_ip_filter_OUTPUT_latest_rule"
    }
  }\n`,
      { block: 'latest_rule' },
    ),
  ],
  expect: {
    root: failed('vpn-blocks', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', owner: 'airvpn', rule: { handleOf: 'block' } },
      innocent: ['local-firewall'],
    }),
    user: failed(['local-firewall', 'vpn-blocks'], {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
    }),
  },
  needs: ['nft'],
});
