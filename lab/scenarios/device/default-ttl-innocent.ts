import { both, scenario } from '../../scenario.js';
import { nft, sysctl } from '../../world/steps.js';

export default scenario({
  id: 'default-ttl-innocent',
  side: 'device',
  title: 'The router at home sets the hop limit of what it passes on to 1; that of this computer is 30, and enough',
  target: 'https://198.51.100.10/',
  shows: 'undetermined',
  nearly: ['no-route'],
  break: [
    nft(
      'home',
      'table ip low { chain out { type filter hook postrouting priority 0; oifname != "lan" ip daddr 198.51.100.10 ip ttl set 1; }\n}\n',
    ),
  ],
  distractors: [sysctl('device', 'net.ipv4.ip_default_ttl=30')],
  expect: both({
    outcome: 'failed',
    cause: 'undetermined',
    candidates: ['routing-loop', 'connection-redirected'],
    innocent: ['no-route'],
  }),
  needs: ['nft'],
});
