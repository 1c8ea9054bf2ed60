import { both, failed, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Silence of every port and of the hops behind the provider: the drop may as well be the last router's or the server's.
export default scenario({
  id: 'dropped-all',
  side: 'path',
  title: 'A router drops whatever goes to the server',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['routing-loop', 'server-firewall', 'host-down', 'internet-down'],
  break: [filterRule('provider', 'forward', 'ip daddr 198.51.100.0/24 drop')],
  expect: both({
    anyOf: [
      undetermined(['dropped-on-path', 'server-firewall'], { innocent: ['internet-down', 'local-firewall'] }),
      failed('dropped-on-path', {
        side: ['path', 'local-network'],
        certainty: { atMost: 'likely' },
        innocent: ['internet-down', 'local-firewall'],
      }),
    ],
  }),
  needs: ['nft'],
});
