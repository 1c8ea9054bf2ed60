import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'app-beside-forbidden-group',
  side: 'fine',
  title: 'The program runs beside a control group that may not connect, with a proxy-free environment of its own',
  target: 'ssh://198.51.100.10',
  arguments: ['--app', '{pid:app}'],
  shows: 'reachable',
  nearly: ['app-policy', 'proxy-unreachable'],
  environment: { all_proxy: 'http://192.0.2.99:3128' },
  break: [
    { do: 'group', on: 'device', group: 'other.service', forbids: { hook: 'connect4', name: 'no_net' } },
    { do: 'group', on: 'device', group: 'app.service' },
    {
      do: 'daemon',
      on: 'device',
      line: ['env', '-i', 'sleep', '3600'],
      ready: 'at once',
      label: 'app',
      group: 'app.service',
    },
  ],
  expect: both(reachable),
  only: 'root',
  needs: ['cgroup-bpf'],
});
