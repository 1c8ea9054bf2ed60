import { cycle } from '../cycle.js';

export default cycle({
  id: 'nft-dormant',
  title: 'A table that sleeps would stop it too: the exception goes only where it is stopped',
  remedy: 'allow-in-firewall',
  commands: /^nft 'insert rule inet filter output handle \d+ ip daddr 198\.51\.100\.10 tcp dport 80/,
  // Were the table taken for one that is awake, its policy would need an exception too.
  notCommands: /inet sleep/,
  breaks: (device) =>
    device.nft(`table inet sleep {
  flags dormant
  chain output {
    type filter hook output priority -5; policy drop;
    tcp dport 443 accept
  }
}
table inet filter {
  chain output {
    type filter hook output priority 0; policy accept;
    tcp dport 80 drop
  }
}
`),
});
