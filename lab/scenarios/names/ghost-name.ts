import { both, failed, scenario, undetermined } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'ghost-name',
  side: 'names',
  title: 'The owner has given the name up; this resolver alone still gives an address for it, where nothing listens',
  target: 'https://ghost.example.com/',
  shows: 'nothing-listening',
  nearly: ['name-does-not-exist', 'dns-answer-forged', 'name-filtered'],
  services: { resolver: [dns(undefined, { ...NAMES, 'ghost.example.com': { A: [ADDRESS.edge] } })] },
  break: [],
  expect: both({
    anyOf: [
      failed(['nothing-listening', 'name-filtered', 'stale-dns-cache'], {
        certainty: { atMost: 'likely' },
        innocent: ['dns-answer-forged'],
      }),
      undetermined([], { innocent: ['dns-answer-forged'] }),
    ],
  }),
});
