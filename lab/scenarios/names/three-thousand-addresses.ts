import { both, failed, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'three-thousand-addresses',
  side: 'names',
  title: 'The name has three thousand addresses that lead nowhere',
  target: 'https://many.example.com/',
  shows: 'unreachable-by-hop',
  names: { 'many.example.com': { A: ['198.18.0.1'], behaviour: { records: 3000, truncate: true } } },
  break: [],
  expect: both({ anyOf: [failed('unreachable-by-hop', { side: 'path' }), undetermined([])] }),
});
