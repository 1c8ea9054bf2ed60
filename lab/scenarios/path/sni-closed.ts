import { both, failed, likely, scenario } from '../../scenario.js';
import { leadsThroughFilter } from '../../world/filter-between.js';
import { ADDRESS } from '../../world/topology.js';

const filter = (port: number, address: string) =>
  ({
    kind: 'relay',
    port,
    to: { address, port: 443 },
    stops: { holding: 'four.example.com', answer: { status: '', hangUp: 'fin' } },
  }) as const;

// The filter takes every connection itself, so that no hop limit tells it from the server.
export default scenario({
  id: 'sni-closed',
  side: 'path',
  title: "The provider's transparent proxy closes connections in which TLS is opened for this name",
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['server-closes-at-once', 'tls-version-mismatch'],
  services: { provider: [filter(8443, ADDRESS.server), filter(8444, ADDRESS.reference)] },
  break: [leadsThroughFilter(443, 8443)],
  expect: both(failed('sni-filtered', { side: 'path', stage: 'tls', ...likely, innocent: ['server-closes-at-once'] })),
  needs: ['nft'],
});
