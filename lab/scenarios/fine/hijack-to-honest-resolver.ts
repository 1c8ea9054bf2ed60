import { both, reachable, scenario } from '../../scenario.js';
import { dnsmasq, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'hijack-to-honest-resolver',
  side: 'fine',
  title: 'The router answers every question itself, and truly: nothing is broken',
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['dns-answer-forged'],
  break: [],
  distractors: [
    dnsmasq('home', '--interface=lan', `--server=${ADDRESS.resolver}`),
    nft(
      'home',
      `table ip catch { chain pre { type nat hook prerouting priority dstnat; policy accept;
        iifname "lan" udp dport 53 redirect to :53
      }
      }\n`,
    ),
  ],
  expect: both(reachable),
  needs: ['nft', 'dnsmasq'],
});
