import { both, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

// Big sites are silent on each port that they do not serve: their silence says nothing about the way.
export default scenario({
  id: 'firewall-drops-as-references-do',
  side: 'server',
  title: "The server's firewall drops 8443, and the references are silent on every port that they do not serve",
  target: 'https://four.example.com:8443/',
  shows: 'server-firewall',
  nearly: ['port-blocked-everywhere'],
  services: { server: [https(), https({}, undefined, 8443), ssh()] },
  break: [filterRule('server', 'input', 'tcp dport 8443 drop')],
  distractors: [filterRule('reference', 'input', 'tcp dport != { 53, 80, 443 } drop', { labelText: 'tcp dport' })],
  expect: both(undetermined(['server-firewall'], { innocent: ['port-blocked-everywhere', 'local-firewall'] })),
  needs: ['nft'],
});
