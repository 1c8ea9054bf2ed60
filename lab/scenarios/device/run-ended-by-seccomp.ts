import { both, failed, scenario } from '../../scenario.js';
import { sandboxed } from '../../world/places.js';

export default scenario({
  id: 'run-ended-by-seccomp',
  side: 'device',
  title: 'The command is ended by a filter of its sandbox (seccomp) as it connects; the server is well',
  target: 'http://198.51.100.10/',
  run: ['python3', sandboxed, 'ended', 'curl', '-s', '-m', '5', 'http://198.51.100.10/'],
  shows: 'app-policy',
  nearly: ['local-firewall', 'server-firewall'],
  break: [],
  expect: both(
    failed('app-policy', {
      side: 'this-device',
      stage: 'connect',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'policy', name: /seccomp/ },
      evidence: /SIGSYS/,
      innocent: ['local-firewall', 'server-firewall', 'nothing-listening', 'antivirus-blocks-app'],
    }),
  ),
  needs: ['strace'],
});
