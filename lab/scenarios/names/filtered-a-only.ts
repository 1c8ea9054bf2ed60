import { both, failed, scenario } from '../../scenario.js';
import { dns, NAMES } from '../../world/internet.js';

export default scenario({
  id: 'filtered-a-only',
  side: 'names',
  title: "The provider's resolver leaves out the IPv4 address, and this computer has no IPv6",
  target: 'https://shop.example.com/',
  arguments: ['-4'],
  shows: 'name-filtered',
  nearly: ['name-has-no-address', 'name-does-not-exist'],
  services: {
    resolver: [dns(undefined, { ...NAMES, 'shop.example.com': { AAAA: NAMES['shop.example.com']?.AAAA ?? [] } })],
  },
  break: [],
  expect: both({
    anyOf: [
      failed(['name-filtered', 'stale-dns-cache'], {
        stage: 'name',
        innocent: ['name-has-no-address', 'name-does-not-exist'],
      }),
      { outcome: 'failed', cause: 'undetermined', candidates: ['name-filtered'] },
    ],
  }),
});
