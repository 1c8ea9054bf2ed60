import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'nsswitch-returns-after-files',
  side: 'names',
  title: 'nsswitch.conf names DNS, and a condition before it ends the search',
  target: 'https://shop.example.com/',
  shows: 'no-dns-configured',
  nearly: ['name-does-not-exist', 'resolver-unreachable'],
  files: { nsswitch: 'passwd: files\ngroup: files\nhosts: files [NOTFOUND=return] dns\n' },
  break: [],
  expect: both(
    failed('no-dns-configured', {
      side: 'this-device',
      stage: 'name',
      ...likely,
      culprit: { location: '/etc/nsswitch.conf' },
      innocent: ['resolver-unreachable', 'name-does-not-exist'],
    }),
  ),
});
