import { both, reachable, scenario } from '../../scenario.js';
import { dns } from '../../world/internet.js';

export default scenario({
  id: 'truncated-answer',
  side: 'fine',
  title: "The resolver's UDP answer is cut; TCP has the whole one",
  target: 'https://shop.example.com/',
  shows: 'reachable',
  nearly: ['resolver-failing'],
  services: { resolver: [dns({ truncate: true })] },
  break: [],
  expect: both({ ...reachable, innocent: ['resolver-failing'] }),
});
