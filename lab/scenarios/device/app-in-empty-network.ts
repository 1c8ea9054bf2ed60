import { both, failed, scenario } from '../../scenario.js';

export default scenario({
  id: 'app-in-empty-network',
  side: 'device',
  title: 'A program was started in a network of its own that leads nowhere; this device is well',
  target: 'https://four.example.com/',
  arguments: ['--app', '{pid:app}'],
  shows: 'app-policy',
  nearly: ['network-down', 'no-route', 'resolver-unreachable'],
  break: [{ do: 'daemon', on: 'device', line: ['unshare', '-n', 'sleep', '3600'], ready: 'at once', label: 'app' }],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /network namespace of sleep/ },
      innocent: ['network-down', 'no-route', 'resolver-unreachable', 'os-network-permission'],
    }),
  ),
  only: 'root',
});
