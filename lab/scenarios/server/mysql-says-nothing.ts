import { both, failed, scenario } from '../../scenario.js';

export default scenario({
  id: 'mysql-says-nothing',
  side: 'server',
  title: 'The port of MySQL takes the connection and answers to nothing at all',
  target: 'mysql://four.example.com/shop',
  shows: 'server-not-responding',
  nearly: ['wrong-scheme-or-port'],
  services: { server: [{ kind: 'silent', port: 3306 }] },
  break: [],
  expect: both(failed('server-not-responding', { side: 'server', innocent: ['wrong-scheme-or-port'] })),
});
