import { both, failed, scenario } from '../../scenario.js';
import { REFERENCE } from '../../world/internet.js';
import { signedZone } from '../../world/signed-zone.js';
import { ADDRESS } from '../../world/topology.js';

const year = ['20250101000000', '20251231000000'] as const;

export default scenario({
  id: 'signatures-expired',
  side: 'names',
  title: 'A really signed zone whose signatures ran out last year: every unbound that checks them refuses',
  target: 'https://four.example.com/',
  shows: 'dnssec-bogus',
  nearly: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
  services: { resolver: [], reference: REFERENCE.filter(({ kind }) => kind !== 'dns') },
  break: [
    signedZone('resolver', [ADDRESS.resolver], '', { dates: year }),
    signedZone(
      'reference',
      [ADDRESS.referenceResolver],
      `server:
  local-zone: "example.net." static
  local-data: "www.example.net. A ${ADDRESS.reference}"
  local-data: "connectivity.example.net. A ${ADDRESS.reference}"`,
      { dates: year },
    ),
  ],
  expect: both(
    failed('dnssec-bogus', {
      stage: 'name',
      side: 'server',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'zone', name: /^example\.com/ },
      evidence: /once it is asked not to check/,
      innocent: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
