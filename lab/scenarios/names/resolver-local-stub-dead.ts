import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'resolver-local-stub-dead',
  side: 'names',
  title: 'The configured resolver is on this device, and does not run',
  target: 'https://shop.example.com/',
  shows: 'resolver-unreachable',
  files: { resolvConf: 'nameserver 127.0.0.53\noptions edns0 trust-ad\n' },
  break: [],
  expect: both(
    failed(['resolver-unreachable', 'resolver-failing'], {
      side: 'this-device',
      stage: 'name',
      ...likely,
      culprit: { kind: 'resolver', address: '127.0.0.53' },
    }),
  ),
});
