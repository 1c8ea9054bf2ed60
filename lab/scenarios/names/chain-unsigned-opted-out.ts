import { both, failed, scenario } from '../../scenario.js';
import { dns, SERVER } from '../../world/internet.js';
import { signedRoot } from '../../world/signed-root.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'chain-unsigned-opted-out',
  side: 'names',
  title:
    "The zone is not signed, and its parent's hashes leave such zones out (NSEC3, opt-out); the resolver has an old key of it",
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['dnssec-bogus', 'name-filtered'],
  services: { server: [...SERVER, dns()], resolver: [] },
  break: [
    signedRoot('resolver', [ADDRESS.resolver], '', {
      unsigned: true,
      delegation: 'none',
      oldAnchor: 'resolver',
      hashed: { optOut: true, rounds: 5 },
    }),
  ],
  expect: both(
    failed('resolver-failing', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      evidence: /example\.com is not signed, which the zone above it proves/,
      innocent: ['dnssec-bogus', 'name-filtered'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
