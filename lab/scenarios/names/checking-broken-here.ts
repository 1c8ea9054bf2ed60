import { both, failed, scenario } from '../../scenario.js';
import { REFERENCE } from '../../world/internet.js';
import { signedZone } from '../../world/signed-zone.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'checking-broken-here',
  side: 'names',
  title:
    'The resolver trusts an old key and refuses a zone whose signatures hold, as another one finds that checks them',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['dnssec-bogus', 'name-filtered'],
  services: { resolver: [], reference: REFERENCE.filter(({ kind }) => kind !== 'dns') },
  break: [
    signedZone('resolver', [ADDRESS.resolver], '', { wrongKey: true }),
    signedZone(
      'reference',
      [ADDRESS.referenceResolver],
      `server:
  local-zone: "example.net." static
  local-data: "www.example.net. A ${ADDRESS.reference}"
  local-data: "connectivity.example.net. A ${ADDRESS.reference}"`,
    ),
  ],
  expect: both(
    failed('resolver-failing', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['dnssec-bogus', 'name-filtered'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
