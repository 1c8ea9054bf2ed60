import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'look-alike-letters',
  side: 'target',
  title: 'A name with a Cyrillic letter in it, as pasted from a message',
  target: 'https://p\u0430ypal.com/',
  shows: 'mistyped-name',
  nearly: ['name-does-not-exist'],
  names: { 'paypal.com': { A: [ADDRESS.server] } },
  break: [],
  expect: both(failed('mistyped-name', { side: 'target', ...onlyLikely, culprit: { name: 'paypal.com' } })),
});
