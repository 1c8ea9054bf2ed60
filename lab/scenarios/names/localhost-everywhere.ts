import { both, failed, scenario } from '../../scenario.js';

export default scenario({
  id: 'localhost-everywhere',
  side: 'names',
  title: 'The owner of the name has published 127.0.0.1 for it: every resolver says so, and nobody blocks',
  target: 'https://parked.example.com/',
  shows: 'nothing-listening',
  nearly: ['name-filtered', 'dns-answer-forged'],
  names: { 'parked.example.com': { A: ['127.0.0.1'] } },
  break: [],
  expect: both(
    failed(['nothing-listening', 'name-has-no-address'], {
      innocent: ['name-filtered', 'dns-answer-forged', 'stale-dns-cache'],
    }),
  ),
});
