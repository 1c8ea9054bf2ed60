import { both, failed, scenario } from '../../scenario.js';
import { REFERENCE } from '../../world/internet.js';
import { signedEverywhere, type SignedRoot } from '../../world/signed-root.js';

const signed: SignedRoot = {
  algorithm: 'ECDSAP384SHA384',
  dates: { zone: 'example.com', from: '20280101000000', until: '20281231000000' },
};

export default scenario({
  id: 'chain-not-yet-valid',
  side: 'names',
  title: 'The signatures of example.com begin next year (ECDSA P-384)',
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
      evidence: /valid from 2028-01-01 on/,
      innocent: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
