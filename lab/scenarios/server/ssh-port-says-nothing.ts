import { both, failed, scenario, undetermined } from '../../scenario.js';

// Typed as a bare port, as one does. Found by a hunt: an open port that never greets was called proof that it works.
export default scenario({
  id: 'ssh-port-says-nothing',
  side: 'server',
  title: 'The port of SSH takes the connection and never greets',
  target: 'four.example.com:22',
  shows: 'server-not-responding',
  nearly: ['reachable'],
  services: { server: [{ kind: 'silent', port: 22 }] },
  break: [],
  expect: both({
    anyOf: [
      failed('server-not-responding', { side: 'server', innocent: ['local-firewall'] }),
      undetermined(['server-not-responding'], { innocent: ['local-firewall'] }),
    ],
  }),
});
