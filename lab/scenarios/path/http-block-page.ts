import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { leadsThroughFilter } from '../../world/filter-between.js';
import { ADDRESS } from '../../world/topology.js';

const page = {
  status: '403 Forbidden',
  headers: ['Content-Type: text/html'],
  body: '<title>Restricted</title><p>This site may not be visited from this network.</p>\n',
};
const filter = (port: number, address: string) =>
  ({ kind: 'relay', port, to: { address, port: 80 }, stops: { holding: 'four.example.com', answer: page } }) as const;

// As many schools and providers do: every plain request goes through a proxy that nobody was told of.
export default scenario({
  id: 'http-block-page',
  side: 'path',
  title: "The provider's transparent proxy answers requests for this host with a page of its own",
  target: 'http://four.example.com/',
  shows: 'http-filtered',
  nearly: ['http-forbidden', 'captive-portal', 'legal-block'],
  services: { server: [http()], provider: [filter(8080, ADDRESS.server), filter(8081, ADDRESS.reference)] },
  break: [leadsThroughFilter(80, 8080)],
  expect: both(
    failed('http-filtered', {
      side: 'path',
      stage: 'http',
      ...likely,
      innocent: ['http-forbidden', 'captive-portal', 'local-firewall'],
    }),
  ),
  needs: ['nft'],
});
