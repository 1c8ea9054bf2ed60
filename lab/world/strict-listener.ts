import { failed, undetermined } from '../scenario.js';
import { labProgram } from './places.js';

/** A program of the device that has the kernel throw away what comes to its port: by a filter, or for want of a signature. */
export function strictListener(how: 'filter' | 'md5', culprit: RegExp) {
  const target = '192.168.7.20:7001';
  const innocent = ['local-firewall', 'server-firewall', 'dropped-on-path'];
  return {
    target,
    shows: 'app-policy',
    nearly: innocent,
    break: [
      {
        do: 'daemon',
        on: 'device',
        line: ['python3', labProgram('listener.py'), '7001', how, '192.168.7.20'],
        files: {},
        ready: { says: 'ready' },
      },
    ],
    expect: {
      root: failed('app-policy', {
        side: 'this-device',
        certainty: { atLeast: 'proven' },
        culprit: { kind: 'policy', name: culprit },
        innocent,
      }),
      // A rule of the firewall would be just as silent.
      user: undetermined(['app-policy', 'local-firewall'], { innocent: ['server-firewall', 'dropped-on-path'] }),
    },
  } as const;
}
