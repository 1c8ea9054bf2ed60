import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'closed-port-by-address',
  side: 'server',
  title: 'Nothing listens; the target is an address and a plain port',
  target: '198.51.100.10:9999',
  shows: 'nothing-listening',
  break: [],
  expect: {
    root: failed('nothing-listening', { side: 'server', ...likely }),
    user: {
      anyOf: [
        failed('nothing-listening', { side: 'server', ...onlyLikely }),
        undetermined(['nothing-listening', 'server-firewall']),
      ],
    },
  },
});
