import { both, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'quic-dropped',
  side: 'path',
  title: 'The provider drops UDP to port 443 in silence, and the server offers HTTP/3',
  target: 'https://four.example.com/',
  arguments: ['--thorough'],
  shows: 'quic-blocked',
  services: {
    server: [
      https({}, { status: '200 OK', headers: ['Alt-Svc: h3=":443"; ma=86400'], body: 'well\n' }),
      { kind: 'quic', port: 443 },
    ],
  },
  break: [filterRule('provider', 'forward', 'udp dport 443 drop')],
  expect: both({
    outcome: 'degraded',
    cause: 'quic-blocked',
    side: 'path',
    certainty: { atMost: 'likely' },
    innocent: ['packet-loss'],
  }),
  needs: ['nft'],
});
