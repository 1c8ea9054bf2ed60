import { both, failed, scenario } from '../../scenario.js';
import { sandboxed } from '../../world/places.js';

export default scenario({
  id: 'run-in-landlock-to-closed-port',
  side: 'device',
  title: 'The command is in a sandbox (landlock) that forbids it to connect, and nothing listens there either',
  target: 'http://198.51.100.10:81/',
  run: ['python3', sandboxed, 'landlock', 'curl', '-s', '-m', '5', 'http://198.51.100.10:81/'],
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-firewall'],
  break: [],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      stage: 'connect',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'policy', name: /Landlock/ },
      also: ['nothing-listening'],
      innocent: ['local-firewall', 'server-firewall', 'antivirus-blocks-app'],
    }),
  ),
  needs: ['strace', 'landlock'],
});
