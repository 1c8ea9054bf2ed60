import { both, failed, scenario, sure } from '../../scenario.js';

export default scenario({
  id: 'no-resolver-configured',
  side: 'names',
  title: 'resolv.conf names no resolver',
  target: 'https://shop.example.com/',
  shows: 'no-dns-configured',
  nearly: ['resolver-unreachable'],
  files: { resolvConf: '# nothing here\nsearch home.arpa\n' },
  break: [],
  expect: both(
    failed('no-dns-configured', { side: 'this-device', stage: 'name', ...sure, innocent: ['name-does-not-exist'] }),
  ),
});
