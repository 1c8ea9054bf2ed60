import { both, failed, likely, scenario } from '../../scenario.js';

export default scenario({
  id: 'certificate-for-address',
  side: 'server',
  title: 'The server is asked for by its address, and its certificate names no address',
  target: 'https://198.51.100.10/',
  shows: 'certificate-name-mismatch',
  break: [],
  expect: both(failed('certificate-name-mismatch', { side: 'server', stage: 'tls', ...likely })),
});
