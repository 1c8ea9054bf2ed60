import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { sandboxed } from '../../world/places.js';

export default scenario({
  id: 'run-in-sandbox-to-closed-port',
  side: 'server',
  title: 'A sandbox (seccomp) forbids the command something else; what it meets is a closed port',
  target: 'http://198.51.100.10:81/',
  run: ['python3', sandboxed, 'other', 'curl', '-s', '-m', '5', 'http://198.51.100.10:81/'],
  shows: 'nothing-listening',
  nearly: ['app-policy'],
  break: [],
  expect: both(
    failed('nothing-listening', { side: 'server', stage: 'connect', ...onlyLikely, innocent: ['app-policy'] }),
  ),
  needs: ['strace'],
});
