import { both, failed, likely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'options-innocent',
  side: 'names',
  title: 'Options that break nothing, and a name server that fails however it is asked',
  target: 'https://four.example.com/',
  shows: 'resolver-failing',
  nearly: ['no-dns-configured'],
  files: { resolvConf: `# mine\noptions use-vc edns0 timeout:1 attempts:1\nnameserver ${ADDRESS.resolver}\n` },
  services: { resolver: [dns({ rcode: 2 })] },
  break: [],
  expect: both(
    failed('resolver-failing', {
      stage: 'name',
      ...likely,
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['no-dns-configured'],
    }),
  ),
});
