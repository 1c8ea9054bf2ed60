import { both, scenario, undetermined } from '../../scenario.js';
import { dns, NAMES, RESOLVER } from '../../world/internet.js';
import { nft } from '../../world/steps.js';

// Whether the name has that address is to be had nowhere: all who are asked are answered for.
export default scenario({
  id: 'hijacked-to-nobody',
  side: 'names',
  title: 'The home router catches all questions and leads this name to an address where nobody is',
  target: 'https://four.example.com/',
  shows: 'dns-answer-forged',
  nearly: ['host-down'],
  services: {
    resolver: RESOLVER,
    home: [{ ...dns(undefined, { ...NAMES, 'four.example.com': { A: ['198.51.100.251'] } }), port: 5300 }],
  },
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
  expect: both(undetermined(['dns-answer-forged', 'host-down'])),
  needs: ['nft'],
  // The search for that neighbour goes on behind the first run, and ends in the middle of the second.
  fresh: true,
});
