import { cycle } from '../cycle.js';

export default cycle({
  id: 'leftover-nft',
  title: 'The lockdown of a VPN program that is not installed any more, twice in its chain',
  remedy: 'remove-leftover-rule',
  arguments: ['--allow-wider'],
  commands: /nft delete rule inet mullvad output handle \d+/,
  breaks: (device) =>
    device.nft(`table inet mullvad {
  chain output {
    type filter hook output priority 0; policy accept;
    oif "lo" accept
    ip daddr 198.51.100.0/24 counter reject comment "lockdown"
    ip daddr 10.64.0.1 accept
    ip daddr 198.51.100.0/24 counter reject comment "lockdown"
    udp dport 53 accept
  }
}
`),
});
