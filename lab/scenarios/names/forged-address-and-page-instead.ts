import { both, failed, scenario } from '../../scenario.js';
import { NAMES, dns, http } from '../../world/internet.js';
import { leadsThroughFilter } from '../../world/filter-between.js';
import { ADDRESS } from '../../world/topology.js';

const page = {
  status: '403 Forbidden',
  headers: ['Content-Type: text/html'],
  body: '<title>Restricted</title><p>This site may not be visited from this network.</p>\n',
};
const filter = (port: number, address: string) =>
  ({ kind: 'relay', port, to: { address, port: 80 }, stops: { holding: 'four.example.com', answer: page } }) as const;

// OONI's case 20.
export default scenario({
  id: 'forged-address-and-page-instead',
  side: 'names',
  title: 'A forged answer leads the name astray, and at the true address a page of the provider comes',
  target: 'http://four.example.com/',
  shows: 'dns-answer-forged',
  nearly: ['http-forbidden', 'captive-portal', 'legal-block'],
  services: {
    server: [http()],
    provider: [filter(8080, ADDRESS.server), filter(8081, ADDRESS.reference)],
    resolver: [
      dns(undefined, {
        ...NAMES,
        'four.example.com': { A: [ADDRESS.server], behaviour: { before: { A: [ADDRESS.edge], thenMs: 40 } } },
      }),
    ],
  },
  break: [leadsThroughFilter(80, 8080)],
  expect: both(
    failed('dns-answer-forged', {
      stage: 'name',
      side: 'path',
      certainty: { atLeast: 'likely' },
      also: ['http-filtered'],
      innocent: ['http-forbidden', 'captive-portal', 'local-firewall'],
    }),
  ),
  needs: ['nft'],
});
