import { both, failed, scenario, sure } from '../../scenario.js';

export default scenario({
  id: 'resolver-file-names-a-name',
  side: 'names',
  title: 'The resolver file gives the name of a name server in place of its address',
  target: 'https://shop.example.com/',
  shows: 'no-dns-configured',
  nearly: ['resolver-unreachable'],
  files: { resolvConf: 'nameserver dns.example.net\n' },
  break: [],
  expect: both(
    failed('no-dns-configured', {
      side: 'this-device',
      stage: 'name',
      ...sure,
      evidence: /"nameserver dns\.example\.net"/,
    }),
  ),
});
