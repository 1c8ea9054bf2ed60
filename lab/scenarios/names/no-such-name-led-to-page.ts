import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { NAMES, dns, https } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'no-such-name-led-to-page',
  side: 'names',
  title: 'The resolver leads every name that does not exist to a page with advertisements',
  target: 'https://www.shpo.example.com/',
  shows: 'name-does-not-exist',
  nearly: ['certificate-name-mismatch'],
  services: {
    resolver: [dns(undefined, { ...NAMES, '*.': { A: [ADDRESS.edge] } })],
    edge: [https({ names: ['search.example.net'] })],
  },
  break: [],
  expect: both(
    failed('name-does-not-exist', {
      stage: 'name',
      ...onlyLikely,
      also: ['name-filtered'],
      innocent: ['certificate-name-mismatch'],
    }),
  ),
});
