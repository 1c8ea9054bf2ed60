import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'option-use-vc-no-tcp',
  side: 'names',
  title: 'options use-vc has names asked for over TCP, which the name server does not take',
  target: 'https://four.example.com/',
  shows: 'no-dns-configured',
  nearly: ['resolver-failing', 'resolver-unreachable', 'packet-loss'],
  files: { resolvConf: `# mine\noptions use-vc\nnameserver ${ADDRESS.resolver}\n` },
  services: { resolver: [{ ...dns(), udpOnly: true }] },
  break: [],
  expect: both(
    failed('no-dns-configured', {
      side: 'this-device',
      stage: 'name',
      ...onlyLikely,
      culprit: { kind: 'setting', name: 'options use-vc', location: '/etc/resolv.conf:2' },
      innocent: ['resolver-failing', 'resolver-unreachable', 'packet-loss'],
    }),
  ),
});
