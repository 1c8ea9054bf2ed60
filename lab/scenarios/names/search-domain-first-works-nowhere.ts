import { both, failed, scenario, undetermined } from '../../scenario.js';
import { NAMES, dns, http, ssh } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'search-domain-first-works-nowhere',
  side: 'names',
  title: 'ndots:5 leads the name into a search domain that has all names, and the server itself refuses as well',
  target: 'https://four.example.com/',
  shows: 'no-dns-configured',
  nearly: ['host-down'],
  files: { resolvConf: `search corp.example.com\noptions ndots:5\nnameserver ${ADDRESS.resolver}\n` },
  services: {
    resolver: [dns(undefined, { ...NAMES, '*.corp.example.com': { A: ['198.51.100.99'] } })],
    server: [http(), ssh()],
  },
  break: [],
  expect: both({
    anyOf: [
      failed(['host-down', 'no-dns-configured'], { certainty: { atMost: 'likely' } }),
      undetermined(['host-down', 'no-dns-configured']),
    ],
  }),
});
