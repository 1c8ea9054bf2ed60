import { both, failed, scenario } from '../../scenario.js';
import { signedRoot } from '../../world/signed-root.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// As hijack-passes-a-no-on, where nobody can tell whose word it is: here the owner has signed it.
export default scenario({
  id: 'hijack-passes-a-signed-no-on',
  side: 'names',
  title: 'The home router leads all questions to the provider; the name does not exist, and its owner has signed that',
  target: 'https://nope.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['dns-answer-forged', 'name-filtered'],
  services: { resolver: [] },
  break: [signedRoot('resolver', [ADDRESS.resolver], '')],
  distractors: [
    nft(
      'home',
      `table ip catch { chain pre { type nat hook prerouting priority dstnat; policy accept;
        iifname "lan" udp dport 53 dnat to ${ADDRESS.resolver}
        iifname "lan" tcp dport 53 dnat to ${ADDRESS.resolver}
      }
      }\n`,
    ),
  ],
  expect: both(
    failed('name-does-not-exist', {
      stage: 'name',
      certainty: { atLeast: 'proven' },
      evidence: /example\.com has signed that there is no such name/,
      innocent: ['name-filtered', 'dns-answer-forged', 'dnssec-bogus'],
    }),
  ),
  needs: ['nft', 'unbound', 'dnssec-signzone'],
});
