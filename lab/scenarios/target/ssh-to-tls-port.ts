import { both, failed, likely, scenario } from '../../scenario.js';

// A TLS server says nothing until it is greeted, and so did the one who wanted SSH: both waited.
export default scenario({
  id: 'ssh-to-tls-port',
  side: 'target',
  title: 'SSH is spoken to a port where a TLS server waits for the first word',
  target: 'ssh://four.example.com:443',
  shows: 'wrong-scheme-or-port',
  nearly: ['server-not-responding', 'packet-loss'],
  break: [],
  expect: both(
    failed('wrong-scheme-or-port', {
      side: 'target',
      ...likely,
      culprit: { name: 'https://four.example.com/' },
      innocent: ['server-not-responding', 'packet-loss'],
    }),
  ),
});
