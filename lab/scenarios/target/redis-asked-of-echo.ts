import { both, failed, onlyLikely, scenario } from '../../scenario.js';

export default scenario({
  id: 'redis-asked-of-echo',
  side: 'target',
  title: 'Redis is looked for at a port that sends back whatever it is told',
  target: 'redis://four.example.com/0',
  shows: 'wrong-scheme-or-port',
  nearly: ['server-not-responding', 'service-refuses-client'],
  services: { server: [{ kind: 'greeting', port: 6379, text: '', echoes: true }] },
  break: [],
  expect: both(
    failed('wrong-scheme-or-port', {
      ...onlyLikely,
      evidence: /it said: PING/,
      innocent: ['server-not-responding', 'service-refuses-client'],
    }),
  ),
});
