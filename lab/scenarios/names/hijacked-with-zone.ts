import { both, scenario, undetermined } from '../../scenario.js';
import { dns, NAMES, RESOLVER } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

const { 'shop.example.com': _, ...others } = NAMES;

// The same packets come where the router passes on what the owner says: see hijack-passes-a-no-on.
export default scenario({
  id: 'hijacked-with-zone',
  side: 'names',
  title: 'The home router catches all questions and denies this name, in the words of its zone',
  target: 'https://shop.example.com/',
  shows: 'dns-answer-forged',
  nearly: ['name-does-not-exist'],
  services: { resolver: RESOLVER, home: [{ ...dns(undefined, others), port: 5300 }] },
  break: [
    nft(
      'home',
      `table ip catch { chain pre { type nat hook prerouting priority dstnat; policy accept;
        iifname "lan" udp dport 53 redirect to :5300
        iifname "lan" tcp dport 53 redirect to :5300
      }
      }\n`,
    ),
  ],
  expect: both(undetermined(['dns-answer-forged', 'name-does-not-exist'], { innocent: ['name-filtered'] })),
  needs: ['nft'],
});
