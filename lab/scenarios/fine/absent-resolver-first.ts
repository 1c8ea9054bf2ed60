import { both, reachable, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

// The commonest dead name server: its machine is off. The kernel looks for it for three seconds, then every question fails at
// once for a moment, so that asking once more looks as if a packet had got lost.
export default scenario({
  id: 'absent-resolver-first',
  side: 'fine',
  title: 'The first of two resolvers is a machine of this network that is off: all works, after three seconds',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['resolver-unreachable', 'packet-loss'],
  files: { resolvConf: `nameserver 192.168.7.77\nnameserver ${ADDRESS.resolver}\n` },
  break: [],
  expect: both({ ...reachable, also: ['resolver-unreachable'], innocent: ['packet-loss'] }),
  // Whoever asks next hears the end of the search of the one before.
  fresh: true,
});
