import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'firewall-drops',
  side: 'server',
  title: 'The server drops HTTPS; its other ports answer',
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['dropped-on-path', 'host-down', 'server-not-responding'],
  break: [filterRule('server', 'input', 'tcp dport 443 drop')],
  expect: both(
    undetermined(['server-firewall', 'dropped-on-path'], {
      innocent: ['host-down', 'local-firewall', 'internet-down'],
    }),
  ),
  needs: ['nft'],
});
