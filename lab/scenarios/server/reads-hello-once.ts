import { both, reachable, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { readsOnce, realSegments } from '../../world/first-segment.js';

export default scenario({
  id: 'reads-hello-once',
  side: 'server',
  title: 'The server reads once, and resets a TLS hello of which it has only the first packet by then',
  target: 'https://four.example.com/',
  arguments: ['--thorough'],
  shows: 'large-hello-blocked',
  nearly: ['sni-filtered', 'server-closes-at-once', 'path-mtu-blackhole'],
  services: { server: [{ ...https({}, undefined, 8443), addresses: ['127.0.0.1'] }] },
  break: [realSegments, readsOnce],
  expect: both({
    ...reachable,
    also: ['large-hello-blocked'],
    innocent: ['sni-filtered', 'reset-injected', 'path-mtu-blackhole', 'local-firewall'],
  }),
});
