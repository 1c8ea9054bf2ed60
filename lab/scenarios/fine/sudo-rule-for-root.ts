import { both, reachable, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'sudo-rule-for-root',
  side: 'fine',
  title: 'Under sudo: a rule forbids the connection to root, not to the one who called it',
  target: 'https://four.example.com/',
  environment: { SUDO_UID: '65534', SUDO_GID: '65534', SUDO_USER: 'nobody' },
  shows: 'reachable',
  nearly: ['app-policy', 'local-firewall'],
  // TCP only: names are asked for by the system's resolver, which is root here.
  break: [filterRule('device', 'output', 'meta skuid 0 tcp dport 443 drop', { labelText: 'skuid 0' })],
  expect: both(reachable),
  needs: ['nft'],
});
