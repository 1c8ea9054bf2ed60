import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';

const alert = Buffer.from([21, 3, 3, 0, 2, 2, 112]).toString('base64');

export default scenario({
  id: 'alert-for-one-name',
  side: 'server',
  title: 'The server itself does not know the name, and says so by an alert',
  target: 'https://four.example.com/',
  shows: 'certificate-name-mismatch',
  nearly: ['sni-filtered', 'reset-injected', 'tls-intercepted'],
  services: {
    server: [
      https({}, undefined, 8443),
      {
        kind: 'relay',
        port: 443,
        to: { address: '127.0.0.1', port: 8443 },
        byText: { 'four.example.com': { address: '127.0.0.1', port: 9443 } },
      },
      { kind: 'closes', port: 9443, addresses: ['127.0.0.1'], how: 'fin', after: 'first-bytes', bytes: alert },
    ],
  },
  break: [],
  expect: both(
    failed('certificate-name-mismatch', {
      side: 'server',
      stage: 'tls',
      ...onlyLikely,
      innocent: ['sni-filtered', 'reset-injected', 'tls-intercepted'],
    }),
  ),
});
