import { both, failed, scenario, undetermined } from '../../scenario.js';
import { https, ssh } from '../../world/internet.js';

export default scenario({
  id: 'page-cut-short-encrypted',
  side: 'server',
  title: 'A page in chunks is reset before its last one: what ends a connection is not encrypted, so anybody may have',
  target: 'https://four.example.com/',
  shows: 'server-closes-at-once',
  nearly: ['sni-filtered', 'wrong-scheme-or-port', 'momentary-glitch'],
  services: {
    server: [
      https({}, { status: '200 OK', body: 'b'.repeat(4000), cut: { after: 900, how: 'rst', chunks: true } }),
      ssh(),
    ],
  },
  break: [],
  expect: both({
    anyOf: [
      failed('server-closes-at-once', { side: 'server', stage: 'http', certainty: { atMost: 'likely' } }),
      undetermined(['server-closes-at-once']),
    ],
  }),
});
