import { both, failed, likely, scenario } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'search-domain-first',
  side: 'names',
  title: 'ndots:5 has each name looked for in the search domain first, which has an address of nobody for every name',
  target: 'https://four.example.com/',
  shows: 'no-dns-configured',
  nearly: ['host-down', 'name-filtered', 'dns-answer-forged', 'stale-dns-cache', 'name-does-not-exist'],
  files: {
    resolvConf: `# a cluster's\nsearch corp.example.com\noptions ndots:5\nnameserver ${ADDRESS.resolver}\n`,
  },
  services: { resolver: [dns(undefined, { ...NAMES, '*.corp.example.com': { A: ['198.51.100.99'] } })] },
  break: [],
  expect: both(
    failed('no-dns-configured', {
      side: 'this-device',
      stage: 'name',
      ...likely,
      culprit: { kind: 'setting', name: 'search corp.example.com', location: '/etc/resolv.conf:2' },
      innocent: ['host-down', 'name-filtered', 'dns-answer-forged', 'stale-dns-cache', 'name-does-not-exist'],
    }),
  ),
});
