import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'https-to-ssh',
  side: 'target',
  title: 'https is spoken to a port where SSH greets',
  target: 'https://four.example.com:22/',
  shows: 'wrong-scheme-or-port',
  break: [],
  expect: both(failed('wrong-scheme-or-port', { side: 'target', ...likely })),
});
