import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'dead-second-resolver-closed-port',
  side: 'fine',
  title: 'The port is closed; the second resolver is dead, and has nothing to do with it',
  target: 'https://shop.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['resolver-unreachable'],
  files: { resolvConf: `nameserver ${ADDRESS.resolver}\nnameserver ${ADDRESS.home}\n` },
  break: [],
  expect: {
    root: failed('nothing-listening', { side: 'server', ...likely }),
    user: {
      anyOf: [failed('nothing-listening', { side: 'server', ...onlyLikely }), undetermined(['nothing-listening'])],
    },
  },
});
