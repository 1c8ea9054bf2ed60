import { both, failed, scenario } from '../../scenario.js';
import { dnsmasq, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'hijacked-at-home',
  side: 'names',
  title: 'The home router catches all questions over UDP, whoever they are for, and denies this name',
  target: 'https://shop.example.com/',
  shows: 'dns-answer-forged',
  nearly: ['name-does-not-exist', 'name-filtered'],
  break: [
    dnsmasq('home', '--interface=lan', '--address=/shop.example.com/', `--server=${ADDRESS.resolver}`),
    nft(
      'home',
      `table ip catch { chain pre { type nat hook prerouting priority dstnat; policy accept;
        iifname "lan" udp dport 53 redirect to :53
      }
      }\n`,
    ),
  ],
  expect: both(
    failed('dns-answer-forged', {
      stage: 'name',
      side: 'local-network',
      certainty: { atLeast: 'likely' },
      culprit: { address: ADDRESS.home },
      innocent: ['name-does-not-exist', 'name-filtered'],
    }),
  ),
  needs: ['nft', 'dnsmasq'],
});
