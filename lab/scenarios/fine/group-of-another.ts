import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'group-of-another',
  side: 'fine',
  title: 'Another control group may not connect; this one may',
  target: 'https://four.example.com/',
  group: 'desktop',
  shows: 'reachable',
  nearly: ['app-policy'],
  break: [
    { do: 'group', on: 'device', group: 'kiosk', forbids: { hook: 'connect4', name: 'kiosk_net' } },
    { do: 'group', on: 'device', group: 'desktop' },
  ],
  expect: both(reachable),
  needs: ['cgroup-bpf'],
});
