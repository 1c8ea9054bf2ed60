import { both, failed, onlyLikely, scenario } from '../../scenario.js';

export default scenario({
  id: 'tls-asked-of-echo',
  side: 'target',
  title: 'TLS is opened at a port that sends back whatever it is told',
  target: 'https://four.example.com/',
  shows: 'wrong-scheme-or-port',
  nearly: ['server-not-responding', 'service-refuses-client'],
  services: { server: [{ kind: 'greeting', port: 443, text: '', echoes: true }] },
  break: [],
  expect: both(
    failed('wrong-scheme-or-port', {
      ...onlyLikely,
      innocent: ['server-not-responding', 'service-refuses-client'],
    }),
  ),
});
