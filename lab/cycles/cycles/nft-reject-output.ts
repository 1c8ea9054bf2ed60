import { cycle } from '../cycle.js';

export default cycle({
  id: 'nft-reject-output',
  title: 'A rule of nft rejects what is sent to port 80',
  remedy: 'allow-in-firewall',
  commands: /nft 'insert rule inet filter output handle \d+ ip daddr 198\.51\.100\.10 tcp dport 80 accept/,
  breaks: (device) =>
    device.nft(`table inet filter {
  set others { type ipv4_addr; elements = { 192.0.2.9, 192.0.2.10 } }
  chain output {
    type filter hook output priority 0; policy accept;
    oif "lo" accept
    ip daddr @others accept
    tcp dport 80 counter reject with tcp reset
    udp dport 9 counter drop
  }
}
`),
});
