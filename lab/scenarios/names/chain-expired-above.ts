import { both, failed, scenario } from '../../scenario.js';
import { REFERENCE } from '../../world/internet.js';
import { signedEverywhere, type SignedRoot } from '../../world/signed-root.js';

const signed: SignedRoot = { dates: { zone: 'com', from: '20250101000000', until: '20251231000000' } };

export default scenario({
  id: 'chain-expired-above',
  side: 'names',
  title: 'The signatures of com have run out; those of example.com below it hold',
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
      culprit: { kind: 'zone', name: 'com' },
      evidence: /signature of com over its own keys ran out on 2025-12-31/,
      innocent: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
