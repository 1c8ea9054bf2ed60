import { cycle } from '../cycle.js';

export default cycle({
  id: 'nft-policy-drop',
  title: 'The policy of a chain drops what no rule lets out',
  remedy: 'allow-in-firewall',
  commands: /nft 'add rule inet filter output/,
  breaks: (device) =>
    device.nft(`table inet filter {
  chain output {
    type filter hook output priority 0; policy drop;
    oif "lo" accept
    tcp dport 22 accept
    meta l4proto { icmp, ipv6-icmp } accept
  }
}
`),
});
