import { both, failed, likely, scenario } from '../../scenario.js';
import { hanging, holdSocket } from '../../world/products.js';

export default scenario({
  id: 'unix-full',
  side: 'device',
  title: 'A program hangs, and the queue of its socket is full',
  target: 'unix:{world}/app.sock',
  shows: 'server-overloaded',
  nearly: ['nothing-listening', 'app-policy'],
  break: [
    hanging('device', '{world}/app.sock', 1),
    { do: 'run', on: 'device', line: ['chmod', '666', '{world}/app.sock'] },
    holdSocket('device', '{world}/app.sock', 2),
  ],
  expect: both(
    failed('server-overloaded', {
      side: 'this-device',
      stage: 'connect',
      ...likely,
      culprit: { kind: 'file', location: /app\.sock$/ },
    }),
  ),
});
