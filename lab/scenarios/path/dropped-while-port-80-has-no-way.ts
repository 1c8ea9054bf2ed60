import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// A filter may say whatever it likes of the one port that it turns away: another one gets through, so there is a way.
export default scenario({
  id: 'dropped-while-port-80-has-no-way',
  side: 'path',
  title: 'A filter says "network unreachable" of port 80, and another one drops HTTPS; SSH gets through',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['unreachable-by-hop', 'rejected-by-hop'],
  break: [filterRule('edge', 'forward', 'tcp dport 443 drop', { labelText: 'tcp dport' })],
  distractors: [
    filterRule('provider', 'forward', 'tcp dport 80 reject with icmp net-unreachable', {
      family: 'ip',
      table: 'other',
      labelText: 'tcp dport',
    }),
  ],
  expect: both({
    anyOf: [
      failed(['dropped-on-path', 'server-firewall'], {
        certainty: { atMost: 'likely' },
        innocent: ['unreachable-by-hop', 'rejected-by-hop'],
      }),
      undetermined(['dropped-on-path', 'server-firewall'], { innocent: ['unreachable-by-hop', 'rejected-by-hop'] }),
    ],
  }),
  needs: ['nft'],
});
