import { both, failed, scenario } from '../../scenario.js';
import { signedRoot } from '../../world/signed-root.js';
import { ADDRESS } from '../../world/topology.js';

// Nobody else who checks is asked: the reference knows nothing of signatures. The chain from the root's key down decides.
export default scenario({
  id: 'chain-holds-checking-broken-here',
  side: 'names',
  title: 'The resolver trusts an old key of the zone itself; from the root down each signature holds',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['dnssec-bogus', 'name-filtered'],
  services: { resolver: [] },
  break: [signedRoot('resolver', [ADDRESS.resolver], '', { oldAnchor: 'resolver' })],
  expect: both(
    failed('resolver-failing', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      evidence: /the signatures hold, from the root down to example\.com/,
      innocent: ['dnssec-bogus', 'name-filtered'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
