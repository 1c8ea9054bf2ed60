import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'closed-port-ipv6',
  side: 'server',
  title: 'Nothing listens; the target is an IPv6 address',
  target: 'https://[2001:db8:100::10]:8443/',
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
