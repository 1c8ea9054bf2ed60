import { both, failed, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'large-answers-tcp-drop',
  side: 'names',
  title: 'The answer is too large for UDP, and a firewall on the way lets no DNS through over TCP (drop)',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['resolver-unreachable', 'name-does-not-exist'],
  services: { resolver: [dns({ truncate: true })] },
  break: [filterRule('provider', 'forward', 'tcp dport 53 drop', { family: 'ip' })],
  // That the resolver itself takes no TCP would look just so.
  expect: both(
    failed('resolver-failing', {
      stage: 'name',
      certainty: { atMost: 'likely' },
      culprit: { address: ADDRESS.resolver },
      evidence: /too large for UDP/,
      innocent: ['name-does-not-exist', 'dns-answer-forged', 'dnssec-bogus'],
    }),
  ),
  needs: ['nft'],
});
