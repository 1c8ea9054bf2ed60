import { localFirewall, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'postrouting-drop',
  side: 'device',
  title: 'A rule drops behind the output hook, at postrouting',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  break: [filterRule('device', 'postrouting', 'tcp dport 443 drop')],
  expect: localFirewall({ handleOf: 'block', chain: 'postrouting' }),
  needs: ['nft'],
});
