import { both, failed, likely, scenario } from '../../scenario.js';
import { https, REFERENCE } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Whatever has a name cannot be reached then, references too; only what is asked by its address answers. Found by a hunt: it
// was called the internet's fault.
export default scenario({
  id: 'port-53-swallowed',
  side: 'names',
  title: 'The home router swallows all questions for names; everything else it forwards',
  target: 'https://shop.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['internet-down'],
  services: {
    reference: [...REFERENCE, { ...https({ names: ['dns.example.net'] }), addresses: [ADDRESS.referenceResolver] }],
  },
  break: [filterRule('home', 'forward', 'meta l4proto { tcp, udp } th dport 53 drop', { labelText: 'drop' })],
  expect: both(
    failed('resolver-unreachable', { stage: 'name', ...likely, innocent: ['internet-down', 'local-firewall'] }),
  ),
  needs: ['nft'],
});
