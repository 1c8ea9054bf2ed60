import { cycle } from '../cycle.js';

export default cycle({
  id: 'nft-ingress',
  title:
    'What comes in on the network card is dropped before any connection is known: the exception is wider, and allowed so',
  remedy: 'allow-in-firewall',
  arguments: ['--allow-wider'],
  commands: /nft 'insert rule netdev early in handle \d+ ip saddr 198\.51\.100\.10 tcp sport 80 accept/,
  breaks: (device) =>
    device.nft(`table netdev early {
  chain in {
    type filter hook ingress device "eth0" priority 0; policy accept;
    tcp sport 80 counter drop
  }
}
`),
});
