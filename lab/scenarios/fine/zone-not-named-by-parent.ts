import { both, reachable, scenario } from '../../scenario.js';
import { signedRoot } from '../../world/signed-root.js';
import { ADDRESS } from '../../world/topology.js';

// A zone counts as signed when its parent names its key: else nobody checks, and old signatures harm nobody.
export default scenario({
  id: 'zone-not-named-by-parent',
  side: 'fine',
  title: 'The signatures of example.com have run out, and com names no key of it: nobody checks them',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['dnssec-bogus'],
  services: { resolver: [] },
  break: [
    signedRoot('resolver', [ADDRESS.resolver], '', {
      delegation: 'none',
      dates: { zone: 'example.com', from: '20250101000000', until: '20251231000000' },
    }),
  ],
  expect: both({ ...reachable, innocent: ['dnssec-bogus', 'resolver-failing'] }),
  needs: ['unbound', 'dnssec-signzone'],
});
