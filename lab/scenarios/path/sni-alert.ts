import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { leadsThroughFilter } from '../../world/filter-between.js';
import { ADDRESS } from '../../world/topology.js';

// A fatal "unrecognized_name" (RFC 6066 3), which a server may send too.
const alert = Buffer.from([21, 3, 3, 0, 2, 2, 112]).toString('base64');
const filter = (port: number, address: string) =>
  ({
    kind: 'relay',
    port,
    to: { address, port: 443 },
    byText: { 'four.example.com': { address: '127.0.0.1', port: 9443 } },
  }) as const;

export default scenario({
  id: 'sni-alert',
  side: 'path',
  title: 'The provider ends TLS for this name by an alert, as a server does that does not know the name',
  target: 'https://four.example.com/',
  shows: 'sni-filtered',
  nearly: ['certificate-name-mismatch', 'server-closes-at-once', 'tls-version-mismatch'],
  services: {
    provider: [
      filter(8443, ADDRESS.server),
      filter(8444, ADDRESS.reference),
      { kind: 'closes', port: 9443, addresses: ['127.0.0.1'], how: 'fin', after: 'first-bytes', bytes: alert },
    ],
  },
  break: [leadsThroughFilter(443, 8443)],
  expect: both(
    failed('sni-filtered', {
      side: 'path',
      stage: 'tls',
      ...onlyLikely,
      evidence: /a host that has nothing to do with it gives the same picture/,
      innocent: ['server-closes-at-once', 'local-firewall'],
    }),
  ),
  needs: ['nft'],
});
