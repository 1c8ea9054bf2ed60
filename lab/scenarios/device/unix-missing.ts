import { both, failed, scenario, sure } from '../../scenario.js';

export default scenario({
  id: 'unix-missing',
  side: 'device',
  title: 'The socket of a service is not there',
  target: 'unix:{world}/app.sock',
  shows: 'nothing-listening',
  nearly: ['app-policy', 'server-overloaded'],
  break: [],
  expect: both(
    failed('nothing-listening', {
      side: 'this-device',
      stage: 'connect',
      ...sure,
      culprit: { kind: 'file', location: /app\.sock$/ },
    }),
  ),
});
