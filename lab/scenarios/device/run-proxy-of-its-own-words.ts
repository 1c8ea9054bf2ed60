import { both, failed, scenario, sure } from '../../scenario.js';

export default scenario({
  id: 'run-proxy-of-its-own-words',
  side: 'device',
  title: 'The command is told by its own option of a proxy that is none; the target itself is well',
  target: 'https://four.example.com/',
  run: ['sh', '-c', 'curl -s -m 5 --proxy http://203.0.113.53:3199 https://four.example.com/'],
  shows: 'proxy-misconfigured',
  nearly: ['nothing-listening'],
  break: [],
  expect: both(
    failed('proxy-misconfigured', {
      side: 'this-device',
      ...sure,
      culprit: { kind: 'setting', name: '--proxy', address: '203.0.113.53:3199' },
      innocent: ['nothing-listening', 'proxy-unreachable'],
    }),
  ),
  needs: ['strace'],
});
