import { cycle } from '../cycle.js';

export default cycle({
  id: 'unban-nft-network',
  title: 'A set of networks of nftables holds the network of the server, of IPv6',
  remedy: 'unban-address',
  target: 'http://[2001:db8:100::10]/',
  arguments: ['--only', 'unban-address', '--allow-wider'],
  commands: /nft delete element ip6 bans nets '\{ 2001:db8:100::\/48 \}'/,
  breaks: (device) =>
    device.nft(`table ip6 bans {
  set nets {
    type ipv6_addr; flags interval;
    elements = { 2001:db8:9::/48, 2001:db8:100::/48, 2001:db8:300::1-2001:db8:300::9 }
  }
  chain output { type filter hook output priority 0; policy accept; ip6 daddr @nets reject; }
}
`),
});
