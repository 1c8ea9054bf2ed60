import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'option-timeout-slow-server',
  side: 'names',
  title: 'options timeout:1 attempts:1, and a name server that takes 1.6 s for each answer',
  target: 'https://four.example.com/',
  shows: 'no-dns-configured',
  nearly: ['resolver-failing', 'resolver-unreachable', 'packet-loss'],
  files: { resolvConf: `# mine\noptions timeout:1 attempts:1\nnameserver ${ADDRESS.resolver}\n` },
  services: { resolver: [dns({ delayMs: 1600 })] },
  break: [],
  expect: both(
    failed('no-dns-configured', {
      side: 'this-device',
      stage: 'name',
      ...onlyLikely,
      culprit: { kind: 'setting', name: 'options timeout:1 attempts:1', location: '/etc/resolv.conf:2' },
      innocent: ['resolver-failing', 'resolver-unreachable', 'packet-loss'],
    }),
  ),
});
