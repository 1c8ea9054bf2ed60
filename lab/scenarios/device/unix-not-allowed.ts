import { failed, reachable, scenario, sure } from '../../scenario.js';
import { listening } from '../../world/products.js';

export default scenario({
  id: 'unix-not-allowed',
  side: 'device',
  title: 'A socket that only its owner and group may use',
  target: 'unix:{world}/app.sock',
  shows: 'app-policy',
  nearly: ['nothing-listening', 'server-overloaded'],
  break: [
    listening('device', '{world}/app.sock'),
    { do: 'run', on: 'device', line: ['chmod', '660', '{world}/app.sock'] },
  ],
  expect: {
    root: reachable,
    user: failed('app-policy', {
      side: 'this-device',
      stage: 'connect',
      ...sure,
      culprit: { kind: 'file', location: /app\.sock$/, owner: 'root:root, mode 0660' },
    }),
  },
});
