import { both, failed, scenario } from '../../scenario.js';
import { dns, NAMES, REFERENCE, SERVER } from '../../world/internet.js';
import { signedEverywhere, type SignedRoot } from '../../world/signed-root.js';

// The proof says what types there are at the name: one more than were signed.
const signed: SignedRoot = {
  unsigned: true,
  delegation: 'none',
  parentAfterwards: 's/(NSEC[ \\t]+ns1\\.com\\. NS) RRSIG NSEC/\\1 TXT RRSIG NSEC/',
};

const zone = { ...NAMES, 'example.com': { ...NAMES['example.com'], NS: ['ns1.example.com'] } };

export default scenario({
  id: 'chain-denial-lost',
  side: 'names',
  title: 'The zone is not signed, and the proof of that in its parent is not the one that was signed',
  target: 'https://four.example.com/',
  shows: 'dnssec-bogus',
  nearly: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
  services: {
    server: [...SERVER, dns(undefined, zone)],
    resolver: [],
    reference: REFERENCE.filter(({ kind }) => kind !== 'dns'),
  },
  break: signedEverywhere(signed),
  expect: both(
    failed('dnssec-bogus', {
      stage: 'name',
      side: 'server',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'zone', name: /^com/ },
      evidence: /signature of com over its word on example\.com/,
      innocent: ['resolver-failing', 'name-filtered', 'dns-answer-forged'],
    }),
  ),
  needs: ['unbound', 'dnssec-signzone'],
});
