import { localFirewall, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'rule-for-all-but-one',
  side: 'device',
  title: 'A rule lets one user out and drops what all others send: no rule for a single user',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['app-policy'],
  break: [filterRule('device', 'output', 'meta skuid != 4711 tcp dport 443 drop', { labelText: 'skuid != 4711' })],
  expect: localFirewall({ handleOf: 'block' }),
  needs: ['nft'],
});
