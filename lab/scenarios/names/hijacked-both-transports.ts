import { both, failed, scenario, undetermined } from '../../scenario.js';
import { dnsmasq, nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Every name server that could be asked is answered for, over UDP and TCP: what is true is to be had nowhere.
export default scenario({
  id: 'hijacked-both-transports',
  side: 'names',
  title: 'The provider catches all questions, over UDP and TCP, and denies this name without a word of its zone',
  target: 'https://shop.example.com/',
  shows: 'dns-answer-forged',
  nearly: ['name-does-not-exist'],
  break: [
    dnsmasq('provider', '--interface=access', '--address=/shop.example.com/', `--server=${ADDRESS.resolver}`),
    nft(
      'provider',
      `table ip catch { chain pre { type nat hook prerouting priority dstnat; policy accept;
        iifname "access" udp dport 53 redirect to :53
        iifname "access" tcp dport 53 redirect to :53
      }
      }\n`,
    ),
  ],
  expect: both({
    anyOf: [
      failed('dns-answer-forged', {
        stage: 'name',
        side: 'path',
        certainty: { atMost: 'likely' },
        culprit: { address: ADDRESS.provider },
        innocent: ['name-does-not-exist', 'name-filtered'],
      }),
      undetermined(['dns-answer-forged'], { innocent: ['name-does-not-exist'] }),
    ],
  }),
  needs: ['nft', 'dnsmasq'],
});
