import { failed, scenario, undetermined } from '../../scenario.js';
import { labProgram } from '../../world/places.js';

export default scenario({
  id: 'listener-md5',
  side: 'device',
  title:
    'A program of this computer takes only what is signed (TCP-MD5): whatever else comes is thrown away without a word',
  target: '192.168.7.20:7001',
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path'],
  break: [
    {
      do: 'daemon',
      on: 'device',
      line: ['python3', labProgram('listener.py'), '7001', 'md5', '192.168.7.20'],
      files: {},
      ready: { says: 'ready' },
    },
  ],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /MD5.* python3/ },
      innocent: ['local-firewall', 'server-firewall', 'dropped-on-path'],
    }),
    // A rule of the firewall would be just as silent.
    user: undetermined(['app-policy', 'local-firewall'], { innocent: ['server-firewall', 'dropped-on-path'] }),
  },
});
