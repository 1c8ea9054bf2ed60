import { cycle } from '../cycle.js';

export default cycle({
  id: 'nft-ipv6',
  title: 'A rule of nft rejects what is sent over IPv6',
  remedy: 'allow-in-firewall',
  target: 'http://[2001:db8:100::10]/',
  commands: /ip6 daddr 2001:db8:100::10 tcp dport 80 accept/,
  breaks: (device) =>
    device.nft(`table inet filter {
  chain output {
    type filter hook output priority 0; policy accept;
    ip6 daddr 2001:db8:100::/64 reject with icmpv6 type admin-prohibited
  }
}
`),
});
