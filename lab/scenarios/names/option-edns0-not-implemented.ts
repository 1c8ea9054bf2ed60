import { both, failed, sure, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'option-edns0-not-implemented',
  side: 'names',
  title: 'options edns0, and a name server of before EDNS that says NOTIMP to it',
  target: 'https://four.example.com/',
  shows: 'no-dns-configured',
  nearly: ['resolver-failing', 'resolver-unreachable', 'packet-loss'],
  files: { resolvConf: `# mine\noptions edns0\nnameserver ${ADDRESS.resolver}\n` },
  services: { resolver: [{ ...dns(), ednsRcode: 4 }] },
  break: [],
  expect: both(
    failed('no-dns-configured', {
      side: 'this-device',
      stage: 'name',
      ...sure,
      culprit: { kind: 'setting', name: 'options edns0', location: '/etc/resolv.conf:2' },
      innocent: ['resolver-failing', 'resolver-unreachable', 'packet-loss'],
    }),
  ),
});
