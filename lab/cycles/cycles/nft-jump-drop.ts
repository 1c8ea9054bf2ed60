import { cycle } from '../cycle.js';

export default cycle({
  id: 'nft-jump-drop',
  title: 'A chain that is jumped to rejects everything but names',
  remedy: 'allow-in-firewall',
  commands: /nft 'insert rule ip fw strict handle \d+/,
  breaks: (device) =>
    device.nft(`table ip fw {
  chain strict {
    udp dport 53 accept
    counter reject with icmp type admin-prohibited
  }
  chain out {
    type filter hook output priority 10; policy accept;
    oifname "eth0" jump strict
  }
}
`),
});
