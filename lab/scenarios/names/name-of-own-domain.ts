import { both, failed, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'name-of-own-domain',
  side: 'names',
  title:
    "A name of the company's own domain, which nobody outside knows: whether it exists inside cannot be told from here",
  target: 'https://wiki.corp.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['name-filtered'],
  files: { resolvConf: `search corp.example.com\nnameserver ${ADDRESS.resolver}\n` },
  break: [],
  expect: both(
    failed('name-does-not-exist', {
      stage: 'name',
      certainty: { atLeast: 'likely', atMost: 'likely' },
      evidence: /inside that network it may exist/,
      innocent: ['name-filtered', 'dns-answer-forged'],
    }),
  ),
});
