import { both, failed, scenario } from '../../scenario.js';
import { dnsmasq, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'hijack-harmless',
  side: 'names',
  title: 'The home router catches all questions and answers them truly; what fails is a closed port',
  target: 'https://four.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['dns-answer-forged', 'name-filtered'],
  break: [],
  distractors: [
    dnsmasq('home', '--interface=lan', `--server=${ADDRESS.resolver}`),
    nft(
      'home',
      `table ip catch { chain pre { type nat hook prerouting priority dstnat; policy accept;
        iifname "lan" udp dport 53 redirect to :53
        iifname "lan" tcp dport 53 redirect to :53
      }
      }\n`,
    ),
  ],
  expect: both(
    failed('nothing-listening', {
      certainty: { atMost: 'likely' },
      innocent: ['dns-answer-forged', 'name-filtered', 'stale-dns-cache'],
    }),
  ),
  needs: ['nft', 'dnsmasq'],
});
