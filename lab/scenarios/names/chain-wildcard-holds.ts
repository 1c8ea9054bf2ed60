import { both, failed, scenario } from '../../scenario.js';
import { signedRoot } from '../../world/signed-root.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'chain-wildcard-holds',
  side: 'names',
  title:
    'The zone answers for all names (*.example.com), signed, and proves that this one has no entry of its own; the resolver has an old key',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['dnssec-bogus', 'name-filtered'],
  services: { resolver: [] },
  break: [signedRoot('resolver', [ADDRESS.resolver], '', { wildcard: true, oldAnchor: 'resolver' })],
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
