import { both, failed, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'ssh-says-nothing',
  side: 'server',
  title: 'An SSH port accepts and never greets',
  target: 'ssh://four.example.com',
  shows: 'server-not-responding',
  services: { server: [{ kind: 'silent', port: 22 }] },
  break: [],
  expect: both({
    anyOf: [failed('server-not-responding', { side: 'server' }), undetermined(['server-not-responding'])],
  }),
});
