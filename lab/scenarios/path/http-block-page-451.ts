import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { leadsThroughFilter } from '../../world/filter-between.js';
import { ADDRESS } from '../../world/topology.js';

const page = {
  status: '451 Unavailable For Legal Reasons',
  headers: ['Content-Type: text/html', 'Link: <https://provider.example/>; rel="blocked-by"'],
  body: '<title>Blocked by order</title><p>Your provider blocks this site by order of a court.</p>\n',
};
const filter = (port: number, address: string) =>
  ({ kind: 'relay', port, to: { address, port: 80 }, stops: { holding: 'four.example.com', answer: page } }) as const;

export default scenario({
  id: 'http-block-page-451',
  side: 'path',
  title: 'The provider itself answers 451 for this host, wherever it leads',
  target: 'http://four.example.com/',
  shows: 'http-filtered',
  nearly: ['legal-block', 'http-forbidden'],
  services: { server: [http()], provider: [filter(8080, ADDRESS.server), filter(8081, ADDRESS.reference)] },
  break: [leadsThroughFilter(80, 8080)],
  expect: both(failed('http-filtered', { side: 'path', stage: 'http', ...likely, innocent: ['legal-block'] })),
  needs: ['nft'],
});
