import { both, failed, likely, scenario } from '../../scenario.js';

// Its near miss is names/alias-to-nowhere: aliases that end, at a name that is not there.
export default scenario({
  id: 'aliases-in-a-circle',
  side: 'names',
  title: 'The name is an alias of an alias of itself',
  target: 'https://loop.example.com/',
  shows: 'name-has-no-address',
  nearly: ['resolver-failing', 'dns-answer-forged', 'name-does-not-exist'],
  names: { 'loop.example.com': { CNAME: 'loop2.example.com' }, 'loop2.example.com': { CNAME: 'loop.example.com' } },
  break: [],
  expect: both(
    failed('name-has-no-address', {
      side: 'server',
      stage: 'name',
      ...likely,
      culprit: { kind: 'zone', name: 'example.com' },
      evidence: /in a circle: loop\.example\.com → loop2\.example\.com → loop\.example\.com/,
      innocent: ['resolver-failing', 'dns-answer-forged', 'name-does-not-exist'],
    }),
  ),
});
