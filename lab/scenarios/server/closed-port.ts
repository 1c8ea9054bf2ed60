import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'closed-port',
  side: 'server',
  title: 'Nothing listens on the port',
  target: 'https://shop.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['server-firewall', 'rejected-by-hop'],
  break: [],
  expect: {
    root: failed('nothing-listening', { side: 'server', stage: 'connect', ...likely }),
    // A firewall on the server that resets sends the very same packet.
    user: {
      anyOf: [
        failed('nothing-listening', { side: 'server', stage: 'connect', ...onlyLikely }),
        undetermined(['nothing-listening', 'server-firewall']),
      ],
    },
  },
});
