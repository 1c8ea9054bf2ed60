import { atMostLikely, failed, likely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'arptables-drops',
  side: 'device',
  title: 'A rule of arptables drops what this computer asks for: it finds no router',
  target: '198.51.100.10:443',
  shows: 'local-firewall',
  nearly: ['gateway-unreachable', 'internet-down', 'dropped-on-path'],
  break: [
    nft(
      'device',
      'table arp lab {\n chain out {\n  type filter hook output priority 0; policy accept;\n  arp operation request drop\n }\n}\n',
      { block: 'drop' },
    ),
  ],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      ...likely,
      innocent: ['gateway-unreachable', 'internet-down'],
    }),
    // The rules about ARP are not shown to a user, who sees that nobody answers.
    user: failed(['gateway-unreachable', 'undetermined'], { ...atMostLikely }),
  },
  needs: ['nft'],
  fresh: true,
});
