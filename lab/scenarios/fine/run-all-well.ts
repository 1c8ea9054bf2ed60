import { both, reachable, scenario } from '../../scenario.js';

export default scenario({
  id: 'run-all-well',
  side: 'fine',
  title: 'A command whose connections all hold',
  target: 'http://four.example.com/',
  run: ['curl', '-s', '-m', '5', 'http://four.example.com/'],
  shows: 'reachable',
  nearly: ['app-policy'],
  break: [],
  expect: both(reachable),
  needs: ['strace'],
});
