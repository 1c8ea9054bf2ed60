import { both, failed, likely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'internet-silent',
  side: 'network',
  title: 'The provider drops everything that comes from here',
  target: 'https://four.example.com/',
  shows: 'internet-down',
  nearly: ['resolver-unreachable', 'dropped-on-path'],
  break: [
    nft(
      'provider',
      `table inet lab { chain gone { type filter hook prerouting priority 0; policy accept; iifname "access" drop; }; }\n`,
    ),
  ],
  expect: both(
    failed('internet-down', { side: ['path', 'local-network'], ...likely, innocent: ['resolver-unreachable'] }),
  ),
  needs: ['nft'],
});
