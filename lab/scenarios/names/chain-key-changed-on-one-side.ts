import { both, failed, scenario } from '../../scenario.js';
import { REFERENCE } from '../../world/internet.js';
import { signedEverywhere, type SignedRoot } from '../../world/signed-root.js';

const signed: SignedRoot = { delegation: 'old-key' };

export default scenario({
  id: 'chain-key-changed-on-one-side',
  side: 'names',
  title: 'com names a key of example.com that this one no longer has: the whole chain is really signed',
  target: 'https://four.example.com/',
  shows: 'dnssec-bogus',
  nearly: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
  services: { resolver: [], reference: REFERENCE.filter(({ kind }) => kind !== 'dns') },
  break: signedEverywhere(signed),
  expect: both(
    failed('dnssec-bogus', {
      stage: 'name',
      side: 'server',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'zone', name: /^example\.com/ },
      evidence: /com names key \d+ for example\.com, and example\.com has no such key/,
      innocent: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
