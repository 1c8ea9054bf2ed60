import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'search-domain-lacks-it',
  side: 'names',
  title: 'A short name, looked for in the search domain, which has no such name; it is told to nobody outside',
  target: 'https://wiki/',
  shows: 'name-does-not-exist',
  nearly: ['name-filtered', 'dns-answer-forged'],
  files: { resolvConf: `search corp.example.com\nnameserver ${ADDRESS.resolver}\n` },
  break: [],
  expect: both({
    anyOf: [
      failed('name-does-not-exist', {
        stage: 'name',
        certainty: { atMost: 'likely' },
        evidence: /wiki\.corp\.example\.com/,
        innocent: ['name-filtered', 'dns-answer-forged'],
      }),
      undetermined(['name-does-not-exist'], { innocent: ['name-filtered', 'dns-answer-forged'] }),
    ],
  }),
});
