import { both, failed, scenario, sure } from '../../scenario.js';
import { listening } from '../../world/products.js';

export default scenario({
  id: 'unix-left-behind',
  side: 'device',
  title: 'A program was killed and left its socket behind: nobody listens on it',
  target: 'unix:{world}/app.sock',
  shows: 'nothing-listening',
  nearly: ['app-policy', 'server-overloaded'],
  break: [
    listening('device', '{world}/app.sock', 16, { endBy: 'SIGKILL' }),
    { do: 'run', on: 'device', line: ['chmod', '777', '{world}/app.sock'] },
  ],
  expect: both(
    failed('nothing-listening', {
      side: 'this-device',
      stage: 'connect',
      ...sure,
      culprit: { kind: 'file', location: /app\.sock$/, owner: 'root:root, mode 0777' },
    }),
  ),
});
