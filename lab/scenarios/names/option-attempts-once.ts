import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'option-attempts-once',
  side: 'names',
  title: 'options attempts:1 has a name given up after one question, of which each other one gets lost',
  target: 'https://four.example.com/',
  shows: 'no-dns-configured',
  nearly: ['resolver-failing', 'resolver-unreachable', 'packet-loss'],
  files: { resolvConf: `# mine\noptions timeout:1 attempts:1\nnameserver ${ADDRESS.resolver}\n` },
  services: { resolver: [{ ...dns(), loses: { everyOther: true } }] },
  break: [],
  fresh: true,
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
