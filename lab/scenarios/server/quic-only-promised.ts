import { both, scenario } from '../../scenario.js';
import { https, REFERENCE } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

// As it looks from outside, a server that promises HTTP/3 and serves none may as well be behind a filter of its own.
export default scenario({
  id: 'quic-only-promised',
  side: 'server',
  title: 'The server offers HTTP/3, and nothing there speaks it; another host does',
  target: 'https://four.example.com/',
  arguments: ['--thorough'],
  shows: 'quic-blocked',
  services: {
    server: [
      https({}, { status: '200 OK', headers: ['Alt-Svc: h3=":443"; ma=86400'], body: 'well\n' }),
      { kind: 'silent', port: 8443 },
    ],
    reference: [...REFERENCE, { kind: 'quic', port: 443 }],
  },
  break: [filterRule('server', 'input', 'udp dport 443 drop')],
  expect: both({
    outcome: 'degraded',
    cause: 'quic-blocked',
    side: 'unknown',
    certainty: { atMost: 'likely' },
    evidence: /does answer by QUIC/,
  }),
  needs: ['nft'],
});
