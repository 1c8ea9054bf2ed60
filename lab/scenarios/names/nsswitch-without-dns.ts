import { both, failed, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'nsswitch-without-dns',
  side: 'names',
  title: 'resolv.conf is well, and nsswitch.conf leaves DNS out',
  target: 'https://shop.example.com/',
  shows: 'no-dns-configured',
  nearly: ['name-does-not-exist', 'resolver-unreachable'],
  files: { nsswitch: 'passwd: files\ngroup: files\nhosts: files\n' },
  break: [],
  expect: both({
    anyOf: [
      failed('no-dns-configured', {
        side: 'this-device',
        stage: 'name',
        innocent: ['resolver-unreachable', 'name-does-not-exist'],
      }),
      undetermined(['no-dns-configured'], { innocent: ['resolver-unreachable', 'name-does-not-exist'] }),
    ],
  }),
});
