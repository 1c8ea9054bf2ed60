import { both, failed, scenario, atMostLikely } from '../../scenario.js';
import { netmaskOf } from '../../world/wide-netmask.js';

export default scenario({
  id: 'netmask-too-wide-elsewhere',
  side: 'fine',
  title: 'The netmask is far too wide, and neither the server nor the resolver lies in it: the port is closed',
  target: 'https://four.example.com:8444/',
  shows: 'nothing-listening',
  nearly: ['subnet-overlap'],
  break: [],
  distractors: [netmaskOf(8)],
  expect: both(failed('nothing-listening', { side: 'server', ...atMostLikely, innocent: ['subnet-overlap'] })),
});
