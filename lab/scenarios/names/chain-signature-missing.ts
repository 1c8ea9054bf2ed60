import { both, failed, scenario } from '../../scenario.js';
import { REFERENCE } from '../../world/internet.js';
import { signedEverywhere, type SignedRoot } from '../../world/signed-root.js';

const signed: SignedRoot = {
  afterwards: 's/(four[^\\n]*A[ \\t]+198[^\\n]*\\n)[ \\t]+300[ \\t]+RRSIG[ \\t]+A [^)]*\\)\\n/\\1/',
};

export default scenario({
  id: 'chain-signature-missing',
  side: 'names',
  title: 'The signature over the address was lost from the zone that is otherwise signed',
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
      evidence: /there is no signature over the address of four\.example\.com/,
      innocent: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
