import { both, failed, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'app-user-rule',
  side: 'device',
  title: 'A rule forbids the connection to the user of a program; root asks for that program',
  target: 'https://198.51.100.10/',
  arguments: ['--app', '{pid:app}'],
  shows: 'app-policy',
  nearly: ['local-firewall'],
  break: [
    { do: 'daemon', on: 'device', line: ['sleep', '3600'], ready: 'at once', label: 'app', user: 'nobody' },
    filterRule('device', 'output', 'meta skuid 65534 tcp dport 443 drop', { labelText: 'skuid 65534' }),
  ],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block' } },
    }),
  ),
  only: 'root',
  needs: ['nft'],
});
