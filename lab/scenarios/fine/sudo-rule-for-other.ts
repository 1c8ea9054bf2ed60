import { both, reachable, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'sudo-rule-for-other',
  side: 'fine',
  title: 'Under sudo: a rule forbids the connection to another user than the one who called it',
  target: 'https://four.example.com/',
  environment: { SUDO_UID: '65534', SUDO_GID: '65534', SUDO_USER: 'nobody' },
  shows: 'reachable',
  nearly: ['app-policy', 'local-firewall'],
  break: [filterRule('device', 'output', 'meta skuid 4711 tcp dport 443 drop', { labelText: 'skuid 4711' })],
  expect: both(reachable),
  needs: ['nft'],
});
