import { both, failed, scenario } from '../../scenario.js';
import { REFERENCE } from '../../world/internet.js';
import { signedEverywhere, type SignedRoot } from '../../world/signed-root.js';

// The record that proves that `four` has none of its own lists one type more than was signed.
const signed: SignedRoot = {
  wildcard: true,
  afterwards: 's/(NSEC[ \\t]+ns1\\.example\\.com\\. A) RRSIG NSEC/\\1 TXT RRSIG NSEC/',
};

export default scenario({
  id: 'chain-wildcard-unproven',
  side: 'names',
  title:
    'The zone answers for all names (*.example.com), signed, and its proof that this one has no entry of its own does not hold',
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
      evidence: /example\.com answers with what holds for all names .* does not prove that this is one/,
      innocent: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
