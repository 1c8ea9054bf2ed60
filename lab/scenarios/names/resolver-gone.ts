import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'resolver-gone',
  side: 'names',
  title: "Nobody has the configured resolver's address",
  target: 'https://shop.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['host-down'],
  files: { resolvConf: 'nameserver 203.0.113.54\n' },
  break: [],
  expect: both(
    failed('resolver-unreachable', {
      stage: 'name',
      ...likely,
      culprit: { kind: 'resolver', address: '203.0.113.54' },
      innocent: ['internet-down', 'host-down'],
    }),
  ),
});
