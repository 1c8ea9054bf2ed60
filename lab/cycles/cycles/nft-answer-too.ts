import { cycle } from '../cycle.js';

export default cycle({
  id: 'nft-answer-too',
  title: 'What is sent is rejected, and what comes back would be dropped by another table',
  remedy: 'allow-in-firewall',
  commands: /ip saddr 198\.51\.100\.10 tcp sport 80 ct state established accept/,
  breaks: (device) =>
    device.nft(`table inet one {
  chain output {
    type filter hook output priority 0; policy accept;
    tcp dport 80 reject with tcp reset
  }
}
table ip two {
  chain input {
    type filter hook input priority 5; policy accept;
    iif "lo" accept
    ip protocol tcp counter drop
  }
}
`),
});
