import { both, scenario, undetermined } from '../../scenario.js';
import { dnsmasq, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// What comes is what hijacked-with-zone sends: neither may be named alone.
export default scenario({
  id: 'hijack-passes-a-no-on',
  side: 'names',
  title: 'The home router catches all questions and passes the answers on truly; the name does not exist',
  target: 'https://nope.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['dns-answer-forged'],
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
  expect: both(undetermined(['name-does-not-exist'], { innocent: ['name-filtered'] })),
  needs: ['nft', 'dnsmasq'],
});
