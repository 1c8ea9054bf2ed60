import { both, failed, scenario, sure } from '../../scenario.js';

export default scenario({
  id: 'tls-on-plain-scheme',
  side: 'target',
  title: 'http is spoken to a port that speaks TLS',
  target: 'http://four.example.com:443/',
  shows: 'wrong-scheme-or-port',
  nearly: ['server-closes-at-once', 'server-not-responding'],
  break: [],
  expect: both(failed('wrong-scheme-or-port', { side: 'target', ...sure })),
});
