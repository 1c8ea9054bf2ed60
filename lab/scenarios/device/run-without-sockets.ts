import { both, failed, scenario } from '../../scenario.js';
import { sandboxed } from '../../world/places.js';

export default scenario({
  id: 'run-without-sockets',
  side: 'device',
  title: 'The command is in a sandbox (seccomp) that gives it no socket at all; the server is well',
  target: 'http://198.51.100.10/',
  run: ['python3', sandboxed, 'no-sockets', 'curl', '-s', '-m', '5', 'http://198.51.100.10/'],
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-firewall'],
  break: [],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      stage: 'connect',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'policy', name: /seccomp/ },
      evidence: /socket\(\) of the program gave EAFNOSUPPORT/,
      innocent: ['local-firewall', 'server-firewall', 'nothing-listening', 'antivirus-blocks-app'],
    }),
  ),
  needs: ['strace'],
});
