import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'option-of-environment-no-tcp',
  side: 'names',
  title: 'RES_OPTIONS has names asked for over TCP, which the name server does not take; no file says so',
  target: 'https://four.example.com/',
  shows: 'no-dns-configured',
  nearly: ['resolver-failing', 'resolver-unreachable', 'packet-loss'],
  environment: { RES_OPTIONS: 'use-vc' },
  files: { resolvConf: `# mine\nnameserver ${ADDRESS.resolver}\n` },
  services: { resolver: [{ ...dns(), udpOnly: true }] },
  break: [],
  expect: both(
    failed('no-dns-configured', {
      side: 'this-device',
      stage: 'name',
      ...onlyLikely,
      culprit: { kind: 'setting', name: 'options use-vc', location: 'RES_OPTIONS in the environment' },
      innocent: ['resolver-failing', 'resolver-unreachable', 'packet-loss'],
    }),
  ),
});
