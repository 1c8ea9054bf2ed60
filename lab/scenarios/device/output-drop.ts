import { localFirewall, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'output-drop',
  side: 'device',
  title: 'An nft rule drops outgoing HTTPS',
  target: 'https://shop.example.com/',
  shows: 'local-firewall',
  nearly: ['app-policy', 'vpn-blocks'],
  break: [filterRule('device', 'output', 'tcp dport 443 drop')],
  expect: localFirewall({ handleOf: 'block', table: 'lab', chain: 'output', backend: 'nft' }),
  needs: ['nft'],
});
