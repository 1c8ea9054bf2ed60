import { failed, scenario, undetermined } from '../../scenario.js';
import { labProgram } from '../../world/places.js';

export default scenario({
  id: 'listener-filter',
  side: 'device',
  title: 'A program of this computer throws away whatever comes to its port, by a filter of its socket',
  target: '192.168.7.20:7001',
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-firewall', 'dropped-on-path'],
  break: [
    {
      do: 'daemon',
      on: 'device',
      line: ['python3', labProgram('listener.py'), '7001', 'filter', '192.168.7.20'],
      files: {},
      ready: { says: 'ready' },
    },
  ],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /filter.* python3/ },
      innocent: ['local-firewall', 'server-firewall', 'dropped-on-path'],
    }),
    // A rule of the firewall would be just as silent.
    user: undetermined(['app-policy', 'local-firewall'], { innocent: ['server-firewall', 'dropped-on-path'] }),
  },
});
