import { both, reachable, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';

const pass = (port: number) => ({ kind: 'relay', port, to: { address: ADDRESS.server, port } }) as const;

// A lie about the address is no block: the certificate shows that the site itself answers in the end.
export default scenario({
  id: 'hijacked-to-working-proxy',
  side: 'fine',
  title: "Every resolver gives the address of the provider's proxy, which passes everything on",
  target: 'https://four.example.com/',
  shows: 'reachable',
  nearly: ['name-filtered', 'tls-intercepted', 'sni-filtered'],
  names: { 'four.example.com': { A: [ADDRESS.provider] } },
  services: { provider: [pass(443), pass(80)] },
  break: [],
  expect: both(reachable),
});
