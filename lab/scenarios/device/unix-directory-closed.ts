import { failed, scenario, sure } from '../../scenario.js';
import { listening } from '../../world/products.js';

// Under sudo root could open it: the one who called may not.
export default scenario({
  id: 'unix-directory-closed',
  side: 'device',
  title: 'A socket in a directory that the user may not enter, looked at under sudo too',
  target: 'unix:{world}/private/app.sock',
  environment: { SUDO_UID: '65534', SUDO_GID: '65534' },
  shows: 'app-policy',
  nearly: ['nothing-listening'],
  break: [
    { do: 'run', on: 'device', line: ['mkdir', '-m', '700', '{world}/private'] },
    listening('device', '{world}/private/app.sock'),
    { do: 'run', on: 'device', line: ['chmod', '666', '{world}/private/app.sock'] },
  ],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'file', location: /private$/, owner: 'root:root, mode 0700' },
    }),
    user: failed('app-policy', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'file', location: /private$/, owner: 'root:root, mode 0700' },
    }),
  },
});
