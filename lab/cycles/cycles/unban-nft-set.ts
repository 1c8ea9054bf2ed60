import { cycle } from '../cycle.js';

export default cycle({
  id: 'unban-nft-set',
  title: 'A set of nftables holds the server, for ten minutes and with a comment',
  remedy: 'unban-address',
  arguments: ['--only', 'unban-address', '--allow-wider'],
  commands: /nft delete element inet bans bad '\{ 198\.51\.100\.10 \}'/,
  breaks: (device) =>
    device.nft(`table inet bans {
  set bad {
    type ipv4_addr; flags timeout;
    elements = { 203.0.113.9, 198.51.100.10 timeout 10m comment "it asked too much", 192.0.2.8 timeout 1h }
  }
  chain input { type filter hook input priority 0; policy accept; ip saddr @bad counter drop; }
}
`),
});
