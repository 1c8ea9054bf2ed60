import { both, failed, likely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// No name can be had, so that no reference that has one is reached: it was called the internet's fault.
export default scenario({
  id: 'udp-53-swallowed',
  side: 'names',
  title: 'The provider swallows questions for names over UDP; over TCP the same servers take them',
  target: 'https://four.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['internet-down'],
  break: [filterRule('provider', 'forward', 'udp dport 53 drop')],
  expect: both(
    failed('resolver-unreachable', {
      stage: 'name',
      ...likely,
      evidence: /over TCP/,
      innocent: ['internet-down', 'local-firewall', 'packet-loss'],
    }),
  ),
  needs: ['nft'],
});
