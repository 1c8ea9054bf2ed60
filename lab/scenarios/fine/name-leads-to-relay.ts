import { both, reachable, scenario } from '../../scenario.js';
import { NAMES, dns } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'name-leads-to-relay',
  side: 'fine',
  title:
    'The resolver leads the name to a machine of the provider that passes everything on: the page comes, nothing is blocked',
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['dns-answer-forged', 'name-filtered', 'tls-intercepted'],
  services: {
    resolver: [dns(undefined, { ...NAMES, 'four.example.com': { A: [ADDRESS.provider] } })],
    provider: [{ kind: 'relay', port: 443, to: { address: ADDRESS.server, port: 443 } }],
  },
  break: [],
  expect: both(reachable),
});
