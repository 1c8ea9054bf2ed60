import { both, scenario } from '../../scenario.js';
import { http, redirectTo } from '../../world/internet.js';
import { leadsThroughFilter } from '../../world/filter-between.js';
import { ADDRESS } from '../../world/topology.js';

const page = redirectTo(`http://${ADDRESS.provider}:8088/notice`, '302 Found');
const filter = (port: number, address: string) =>
  ({ kind: 'relay', port, to: { address, port: 80 }, stops: { holding: 'four.example.com', answer: page } }) as const;

export default scenario({
  id: 'http-redirect-to-block-page',
  side: 'path',
  title: "The provider's transparent proxy leads requests for this host to a page of its own, by a redirect",
  target: 'http://four.example.com/',
  shows: 'reachable',
  nearly: ['http-forbidden', 'captive-portal'],
  services: {
    server: [http()],
    provider: [
      filter(8080, ADDRESS.server),
      filter(8081, ADDRESS.reference),
      http(
        {
          status: '200 OK',
          headers: ['Content-Type: text/html'],
          body: '<title>Notice</title><p>This site is not available from this network.</p>\n',
        },
        8088,
      ),
    ],
  },
  break: [leadsThroughFilter(80, 8080)],
  // Sites lead to others too, and neither step says who wrote it.
  expect: both({
    outcome: 'reachable',
    cause: 'reachable',
    certainty: { atMost: 'likely' },
    evidence: /in the clear and leads to another site, 203\.0\.113\.\d+/,
    innocent: ['http-forbidden', 'captive-portal'],
  }),
  needs: ['nft'],
});
