import { both, failed, scenario } from '../../scenario.js';

export default scenario({
  id: 'app-in-forbidden-group',
  side: 'device',
  title: 'A program runs in a control group that may not connect; asked for by its process id, from outside of it',
  target: 'https://198.51.100.10/',
  arguments: ['--app', '{pid:app}'],
  shows: 'app-policy',
  nearly: ['local-firewall'],
  break: [
    { do: 'group', on: 'device', group: 'app.service', forbids: { hook: 'connect4', name: 'no_net' } },
    { do: 'daemon', on: 'device', line: ['sleep', '3600'], ready: 'at once', label: 'app', group: 'app.service' },
  ],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /connect4 program "no_net" of \/.*app\.service/ },
      innocent: ['local-firewall'],
    }),
  ),
  only: 'root',
  needs: ['cgroup-bpf'],
});
