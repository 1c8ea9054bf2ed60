import { both, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { leadsThroughFilter } from '../../world/filter-between.js';
import { ADDRESS } from '../../world/topology.js';

const page = {
  status: '200 OK',
  headers: ['Content-Type: text/html'],
  body: '<title>Restricted</title><p>This site may not be visited from this network.</p>\n',
};
const filter = (port: number, address: string) =>
  ({ kind: 'relay', port, to: { address, port: 80 }, stops: { holding: 'four.example.com', answer: page } }) as const;

// As many schools and providers do: every plain request goes through a proxy that nobody was told of.
export default scenario({
  id: 'http-block-page-200',
  side: 'path',
  title: "The provider's transparent proxy answers requests for this host with a page of its own and a good status",
  target: 'http://four.example.com/',
  shows: 'reachable',
  nearly: ['captive-portal'],
  services: { server: [http()], provider: [filter(8080, ADDRESS.server), filter(8081, ADDRESS.reference)] },
  break: [leadsThroughFilter(80, 8080)],
  // A site may write such a page too; that it is the site's own is what nobody can be sure of.
  expect: both({
    outcome: 'reachable',
    cause: 'reachable',
    certainty: { atMost: 'likely' },
    evidence: /in the clear and speaks of being blocked/,
    innocent: ['captive-portal', 'local-firewall'],
  }),
  needs: ['nft'],
});
