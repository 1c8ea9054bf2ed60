import { failed, reachable, scenario } from '../../scenario.js';
import { USUAL_HOSTS } from '../../world/device-files.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'hosts-file-unreadable',
  side: 'names',
  title: 'The name stands in the hosts file alone, which root alone may read',
  target: 'http://intranet.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['name-does-not-exist', 'hosts-file-override'],
  files: { hosts: `${USUAL_HOSTS}${ADDRESS.server} intranet.example.com\n` },
  break: [{ do: 'run', on: 'device', line: ['chmod', '600', '{etc}/hosts'] }],
  expect: {
    root: { ...reachable, certainty: { atLeast: 'likely' } },
    // Users cannot see what stands there: in DNS there is no such name, and that may not be all.
    user: failed('name-does-not-exist', {
      stage: 'name',
      certainty: { atMost: 'likely' },
      evidence: /may not read \/etc\/hosts/,
    }),
  },
});
