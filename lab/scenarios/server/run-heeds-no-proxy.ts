import { both, failed, onlyLikely, scenario } from '../../scenario.js';

export default scenario({
  id: 'run-heeds-no-proxy',
  side: 'server',
  title: 'The environment tells of a proxy that is none; the command goes straight to a closed port',
  target: 'http://198.51.100.10:81/',
  environment: { http_proxy: 'http://203.0.113.53:3199' },
  run: ['curl', '-s', '-m', '5', '--noproxy', '*', 'http://198.51.100.10:81/'],
  shows: 'nothing-listening',
  nearly: ['proxy-misconfigured'],
  break: [],
  expect: both(
    failed('nothing-listening', { side: 'server', stage: 'connect', ...onlyLikely, innocent: ['proxy-misconfigured'] }),
  ),
  needs: ['strace'],
});
