import { both, failed, scenario } from '../../scenario.js';
import { REFERENCE } from '../../world/internet.js';
import { signedEverywhere, type SignedRoot } from '../../world/signed-root.js';

const signed: SignedRoot = {
  algorithm: 'RSASHA256',
  afterwards: 's/(four[^\\n]*A[ \\t]+)198\\.51\\.100\\.10/\\1198.51.100.77/',
};

export default scenario({
  id: 'chain-address-changed-after-signing',
  side: 'names',
  title: 'Somebody changed the address in the file after it was signed (RSA)',
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
      evidence: /signature of example\.com over the address of four\.example\.com was not made over these records/,
      innocent: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
