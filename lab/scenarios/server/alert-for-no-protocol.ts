import { both, scenario, undetermined } from '../../scenario.js';

// RFC 7301 3.2: a server that speaks none of the protocols that are offered in the hello (ALPN) says so by this alert.
const alert = Buffer.from([21, 3, 3, 0, 2, 2, 120]).toString('base64');

export default scenario({
  id: 'alert-for-no-protocol',
  side: 'server',
  title: 'The server ends each handshake with the alert "no_application_protocol", which no cause here stands for',
  target: 'https://four.example.com/',
  shows: 'undetermined',
  nearly: ['sni-filtered', 'server-closes-at-once', 'tls-version-mismatch'],
  services: { server: [{ kind: 'closes', port: 443, how: 'fin', after: 'first-bytes', bytes: alert }] },
  break: [],
  expect: both(undetermined(['sni-filtered'])),
});
