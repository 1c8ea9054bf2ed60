import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'resolver-without-zone',
  side: 'names',
  title: 'The resolver file names a link-local IPv6 address without the interface: nobody can be asked',
  target: 'https://shop.example.com/',
  shows: 'no-dns-configured',
  nearly: ['resolver-failing', 'resolver-unreachable'],
  files: { resolvConf: 'nameserver fe80::2\n' },
  break: [],
  expect: both(
    failed('no-dns-configured', {
      side: 'this-device',
      stage: 'name',
      ...likely,
      culprit: { kind: 'file', location: '/etc/resolv.conf:1' },
      innocent: ['resolver-failing', 'resolver-unreachable'],
    }),
  ),
});
