import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns, https } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'two-true-answers',
  side: 'names',
  title: 'A CDN gives each asker the nearest of its machines, each with the true certificate; this one has an error',
  target: 'https://four.example.com/',
  shows: 'http-server-error',
  nearly: ['name-filtered', 'dns-answer-forged', 'stale-dns-cache'],
  services: {
    resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.edge] } })],
    edge: [https({}, { status: '500 Internal Server Error', body: 'Sorry.\n' })],
  },
  break: [],
  expect: both(
    failed('http-server-error', {
      side: 'server',
      innocent: ['name-filtered', 'dns-answer-forged', 'stale-dns-cache'],
    }),
  ),
});
