import { both, failed, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'run-as-another-user',
  side: 'device',
  title: 'The command becomes another user, whom a rule forbids the connection; root itself gets through',
  target: 'http://198.51.100.10/',
  run: ['setpriv', '--reuid', 'nobody', '--clear-groups', 'curl', '-s', '-m', '5', 'http://198.51.100.10/'],
  shows: 'app-policy',
  nearly: ['reachable', 'local-firewall'],
  break: [filterRule('device', 'output', 'meta skuid 65534 tcp dport 80 reject with tcp reset')],
  only: 'root',
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      stage: 'connect',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block' } },
    }),
  ),
  needs: ['nft', 'strace'],
});
