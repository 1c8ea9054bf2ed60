import { both, reachable, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'options-that-work',
  side: 'fine',
  title: 'Each option that can break a look-up, and a name server that takes them all',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['no-dns-configured'],
  files: {
    resolvConf: `# mine\noptions use-vc edns0 trust-ad rotate single-request timeout:1 attempts:1\nnameserver ${ADDRESS.resolver}\n`,
  },
  services: { resolver: [dns()] },
  break: [],
  expect: both({ ...reachable, innocent: ['no-dns-configured'] }),
});
