import { both, failed, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'large-answers-tcp-reject',
  side: 'names',
  title: 'The answer is too large for UDP, and a firewall on the way lets no DNS through over TCP (reject)',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['resolver-unreachable', 'name-does-not-exist'],
  services: { resolver: [dns({ truncate: true })] },
  break: [filterRule('provider', 'forward', 'tcp dport 53 reject', { family: 'ip' })],
  expect: both(
    failed('resolver-failing', {
      stage: 'name',
      culprit: { kind: 'hop', address: ADDRESS.provider },
      evidence: /too large for UDP/,
      innocent: ['name-does-not-exist', 'dns-answer-forged', 'dnssec-bogus'],
    }),
  ),
  needs: ['nft'],
});
