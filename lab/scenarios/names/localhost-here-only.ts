import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'localhost-here-only',
  side: 'names',
  title: 'The resolver leads the name to 127.0.0.1; others give its true address',
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['nothing-listening', 'hosts-file-override'],
  services: { resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: ['127.0.0.1'] } })] },
  break: [],
  expect: both(
    failed('name-filtered', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely' },
      culprit: { kind: 'resolver', address: ADDRESS.resolver },
      innocent: ['nothing-listening', 'hosts-file-override', 'stale-dns-cache'],
    }),
  ),
});
