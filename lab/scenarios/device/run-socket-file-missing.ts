import { both, failed, scenario, sure } from '../../scenario.js';

export default scenario({
  id: 'run-socket-file-missing',
  side: 'device',
  title: 'The command is told of a socket file that is not there; what its URL names is never connected to',
  target: 'unix:/nonexistent/app.sock',
  run: ['curl', '-s', '--unix-socket', '/nonexistent/app.sock', 'http://localhost/'],
  shows: 'nothing-listening',
  nearly: ['loopback-of-other-namespace'],
  break: [],
  expect: both(
    failed('nothing-listening', { side: 'this-device', ...sure, culprit: { name: '/nonexistent/app.sock' } }),
  ),
  needs: ['strace'],
});
